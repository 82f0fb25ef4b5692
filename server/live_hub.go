package server

import (
	"context"
	"encoding/json"
	"net"
	"sync"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// Limits of /api/live.
const (
	maxLiveClients = 256
	liveQueue      = 64          // events that wait for one client; one more and it is dropped
	liveMemory     = 256         // changes that a client can catch up on
	livePartingIn  = time.Second // for a client to take in the end of its stream
)

// hub tells the clients of /api/live what is new. It works a change out once and
// never waits for a client.
type hub struct {
	view  func() (View, <-chan struct{})
	since func(now, before View) index.Change
	now   View // of run alone, after newHub
	next  <-chan struct{}

	mu      sync.Mutex
	ended   bool
	version string
	// recent holds the last changes, the oldest first; first is the version before
	// the oldest.
	recent  []liveEvent
	first   string
	clients map[*liveClient]struct{}
}

// liveEvent is a change as it is sent.
type liveEvent struct {
	version string
	frame   []byte
}

// liveClient is one that listens.
type liveClient struct {
	conn net.Conn
	// events is closed when no more will come.
	events chan []byte
	over   bool // events is closed; guarded by the hub's lock
}

// stored is the data of the event "stored". Days and BBox are those of the new
// site mentions, null where there are none.
type stored struct {
	Version  string      `json:"version"`
	Articles int         `json:"articles"`
	Mentions int         `json:"mentions"`
	Sites    int         `json:"sites"`
	IDs      []string    `json:"article_ids"`
	Days     *[2]geo.Day `json:"days"`
	BBox     *[4]float64 `json:"bbox"`
}

// current is the data of the events "version" and "reset".
type current struct {
	Version string `json:"version"`
}

func newHub(view func() (View, <-chan struct{}), since func(now, before View) index.Change) *hub {
	h := &hub{view: view, since: since, clients: map[*liveClient]struct{}{}}
	h.now, h.next = view()
	h.version = h.now.Version()
	h.first = h.version
	return h
}

// sinceView is what now has that before had not, as far as the views can tell.
func sinceView(now, before View) index.Change {
	n, ok := now.(interface {
		Since(before *index.View) index.Change
	})
	b, isIndex := before.(*index.View)
	if !ok || !isIndex {
		return index.Change{Version: now.Version()}
	}
	return n.Since(b)
}

// run passes changes on until ctx ends. Then it ends all streams.
func (h *hub) run(ctx context.Context) {
	defer h.end()
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.next:
		}
		before := h.now
		h.now, h.next = h.view()
		if h.now.Version() != before.Version() {
			h.publish(storedEvent(h.since(h.now, before)))
		}
	}
}

func storedEvent(c index.Change) liveEvent {
	data := stored{Version: c.Version, Articles: c.Articles, Mentions: c.Mentions, Sites: c.Sites, IDs: c.IDs}
	if data.IDs == nil {
		data.IDs = []string{}
	}
	if !c.Days.IsZero() {
		data.Days = &[2]geo.Day{c.Days.From, c.Days.To}
	}
	if b := c.Bounds; b != nil {
		data.BBox = &[4]float64{b.Min.Lon(), b.Min.Lat(), b.Max.Lon(), b.Max.Lat()}
	}
	return liveEvent{c.Version, liveFrame("stored", c.Version, data)}
}

// liveFrame is an event of the format text/event-stream (WHATWG HTML, 9.2). JSON has no line breaks.
func liveFrame(event, id string, data any) []byte {
	text, err := json.Marshal(data)
	if err != nil {
		text = []byte("null") // a number that JSON cannot write; clients fetch anew by the id
	}
	return []byte("id: " + id + "\nevent: " + event + "\ndata: " + string(text) + "\n\n")
}

func (h *hub) publish(e liveEvent) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.recent) == liveMemory {
		h.first = h.recent[0].version
		h.recent = append(h.recent[:0], h.recent[1:]...)
	}
	h.recent = append(h.recent, e)
	h.version = e.version
	for c := range h.clients {
		if c.over {
			continue
		}
		select {
		case c.events <- e.frame:
		default:
			c.finish()
			c.cut() // which ends the write that waits for the client
		}
	}
}

// join lets the client listen and returns what it is sent first: what it missed
// after the version last, which may be empty, and the newest version. False:
// there is no room, or the server ends.
func (h *hub) join(c *liveClient, last string) (first []byte, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ended || len(h.clients) >= maxLiveClients {
		return nil, false
	}
	h.clients[c] = struct{}{}
	missed, known := h.after(last)
	if !known {
		return liveFrame("reset", h.version, current{h.version}), true
	}
	for _, e := range missed {
		first = append(first, e.frame...)
	}
	return append(first, liveFrame("version", h.version, current{h.version})...), true
}

// after lists the changes since a version, and false for one that is not remembered.
func (h *hub) after(version string) ([]liveEvent, bool) {
	if version == "" || version == h.version {
		return nil, true
	}
	for i := len(h.recent) - 1; i >= 0; i-- {
		if h.recent[i].version == version {
			return h.recent[i+1:], true
		}
	}
	return h.recent, version == h.first
}

// leave is called by the client's stream before it ends, so that the hub never
// closes a connection that has gone on to another request.
func (h *hub) leave(c *liveClient) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c.finish()
	delete(h.clients, c)
}

func (c *liveClient) finish() {
	if !c.over {
		c.over = true
		close(c.events)
	}
}

// end ends all streams. Clients that don't take that in soon are cut off, so
// that they don't hold up the server's end.
func (h *hub) end() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ended = true
	for c := range h.clients {
		c.finish()
	}
	time.AfterFunc(livePartingIn, h.cut)
}

func (h *hub) cut() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.clients {
		c.cut()
	}
}

// cut ends the connection whatever its error says.
func (c *liveClient) cut() {
	if own, ok := c.conn.(*conn); ok {
		_ = own.abort()
		return
	}
	_ = c.conn.Close()
}
