package server

import "net"

var (
	HoldsTag        = holdsTag
	PreferredCoding = preferredCoding
)

func HostAllowed(addr net.Addr, allowed []string, host string) bool {
	return newHostSet(addr, allowed).allow(host)
}

// Routes lists the paths that the server answers GET requests to.
func Routes(s *Server) []string {
	var paths []string
	for _, r := range s.app.GetRoutes(true) {
		if r.Method == "GET" {
			paths = append(paths, r.Path)
		}
	}
	return paths
}
