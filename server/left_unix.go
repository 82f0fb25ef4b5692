//go:build unix

package server

import (
	"net"
	"syscall"
)

// hasLeft reports whether the other end has closed the connection: then a read
// that takes nothing out finds its end.
func hasLeft(nc net.Conn) bool {
	if wrapped, ok := nc.(*conn); ok {
		nc = wrapped.Conn
	}
	sc, ok := nc.(syscall.Conn)
	if !ok {
		return false
	}
	raw, err := sc.SyscallConn()
	if err != nil {
		return true // closed
	}
	left := false
	err = raw.Control(func(fd uintptr) {
		var b [1]byte
		n, _, err := syscall.Recvfrom(int(fd), b[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		left = n == 0 && err == nil || err == syscall.ECONNRESET
	})
	return left || err != nil
}
