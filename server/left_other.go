//go:build !unix

package server

import "net"

// hasLeft can't tell here: what a client asked for ends at its deadline.
func hasLeft(net.Conn) bool { return false }
