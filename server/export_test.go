package server

import "net"

var (
	HoldsTag        = holdsTag
	PreferredCoding = preferredCoding
)

func HostAllowed(addr net.Addr, allowed []string, host string) bool {
	return newHostSet(addr, allowed).allow(host)
}
