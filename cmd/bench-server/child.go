package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"syscall"
	"time"
)

// child is a server under measurement.
type child struct {
	cmd *exec.Cmd
	url string
	log bytes.Buffer // what it says to standard error
}

// startTime bounds how long a server may load its data.
const startTime = 10 * time.Minute

// start starts the server on a free port and waits until it listens.
func start(ctx context.Context, binary, db string) (*child, error) {
	c := &child{cmd: exec.CommandContext(ctx, binary, "serve", "--db", db, "--addr", "127.0.0.1:0")}
	c.cmd.Stderr = &c.log
	c.cmd.Cancel = func() error { return c.cmd.Process.Signal(syscall.SIGTERM) }
	c.cmd.WaitDelay = 10 * time.Second
	stdout, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	line := make(chan string, 1)
	go func() {
		text, _ := bufio.NewReader(stdout).ReadString('\n') // empty if it ended
		line <- text
	}()
	select {
	case text := <-line:
		c.url = regexp.MustCompile(`http://\S+[^/\s]`).FindString(text)
	case <-time.After(startTime):
	case <-ctx.Done():
	}
	if c.url == "" {
		return nil, errors.Join(fmt.Errorf("the server did not start: %s", &c.log), c.stop())
	}
	return c, nil
}

// stop ends the server and waits for its end.
func (c *child) stop() error {
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	if err := c.cmd.Wait(); err != nil {
		return fmt.Errorf("the server ended badly: %w\n%s", err, &c.log)
	}
	return nil
}

// memory is how much of a process is resident, in bytes.
type memory struct {
	now, peak, files int64 // files: of now, mapped files
}

func (c *child) memory() (memory, error) {
	file := fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid)
	text, err := os.ReadFile(file)
	if err != nil {
		return memory{}, fmt.Errorf("read the server's memory (this needs Linux): %w", err)
	}
	field := func(name string) int64 {
		m := regexp.MustCompile(name + `:\s+(\d+) kB`).FindSubmatch(text)
		if m == nil {
			return 0
		}
		n, _ := strconv.ParseInt(string(m[1]), 10, 64) // it is digits
		return n << 10
	}
	return memory{now: field("VmRSS"), peak: field("VmHWM"), files: field("RssFile")}, nil
}
