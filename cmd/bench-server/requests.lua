-- Sends the requests of a file, one path a line, each thread its share of them.

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(args)
  requests = {}
  local lines, share, i = {}, tonumber(args[2]), 0
  for path in io.lines(args[1]) do
    lines[#lines + 1] = path
  end
  for _, path in ipairs(lines) do
    if #lines < share or i % share == number then
      requests[#requests + 1] = wrk.format("GET", path)
    end
    i = i + 1
  end
  at = 0
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format('measured {"requests":%d,"micros":%d,"bytes":%d,"p50":%.0f,"p99":%.0f,"connect":%d,"read":%d,"write":%d,"status":%d,"timeout":%d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99), e.connect, e.read, e.write, e.status, e.timeout))
end
