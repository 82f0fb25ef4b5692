package server

import (
	"net"
	"sync"
	"time"
)

// listener counts its connections, and lets none of them stall a response: a
// client has to take in what one Write sends within the stall timeout. (A limit
// on the whole response would cut off long layers on slow lines.)
type listener struct {
	net.Listener
	stall time.Duration

	closeOnce sync.Once
	closeErr  error

	mu    sync.Mutex
	conns map[*conn]struct{}
}

func newListener(ln net.Listener, stall time.Duration) *listener {
	return &listener{Listener: ln, stall: stall, conns: map[*conn]struct{}{}}
}

// Accept implements net.Listener.
func (l *listener) Accept() (net.Conn, error) {
	accepted, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &conn{Conn: accepted, owner: l}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conns[c] = struct{}{}
	return c, nil
}

// Close stops accepting. A second call changes nothing.
func (l *listener) Close() error {
	l.closeOnce.Do(func() { l.closeErr = l.Listener.Close() })
	return l.closeErr
}

// closeConnections cuts off all connections that are still open.
func (l *listener) closeConnections() {
	l.mu.Lock()
	open := make([]*conn, 0, len(l.conns))
	for c := range l.conns {
		open = append(open, c)
	}
	l.mu.Unlock()
	for _, c := range open {
		_ = c.Close() // whatever it says, the connection is gone
	}
}

type conn struct {
	net.Conn
	owner *listener
}

// mostAtOnce is how much a client has to take in within the stall timeout.
const mostAtOnce = 128 << 10

// Write implements net.Conn, with a deadline for each part.
func (c *conn) Write(b []byte) (written int, err error) {
	for {
		part := b[written:min(written+mostAtOnce, len(b))]
		if err := c.SetWriteDeadline(time.Now().Add(c.owner.stall)); err != nil {
			return written, err
		}
		n, err := c.Conn.Write(part)
		if written += n; err != nil || written == len(b) {
			return written, err
		}
	}
}

// Close implements net.Conn.
func (c *conn) Close() error {
	c.owner.mu.Lock()
	delete(c.owner.conns, c)
	c.owner.mu.Unlock()
	return c.Conn.Close()
}

// abort closes the connection and what the client has not taken in is lost: the
// system would else keep it for one that may never come back.
func (c *conn) abort() error {
	if tcp, ok := c.Conn.(interface{ SetLinger(sec int) error }); ok {
		_ = tcp.SetLinger(0) // it fails only if the connection is gone
	}
	return c.Close()
}
