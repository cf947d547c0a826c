package api

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
)

// knownHost refuses requests for a name that is not this server's. A page from anywhere can make a browser send
// requests to 127.0.0.1 under a name of its own (DNS rebinding), and would then read the answers.
func (s *Server) knownHost(next echo.HandlerFunc) echo.HandlerFunc {
	if !isLoopback(hostOf(s.options.Addr)) && len(s.options.Hosts) == 0 {
		return next
	}
	return func(c echo.Context) error {
		host := hostOf(c.Request().Host)
		if isLoopback(host) || slices.ContainsFunc(s.options.Hosts, func(h string) bool { return strings.EqualFold(h, host) }) {
			return next(c)
		}
		return &problem{code: unknownHost, field: "Host", detail: fmt.Sprintf("The request is for %q.", host)}
	}
}

// hostOf returns the name or address of host:port, [host]:port or host.
func hostOf(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return strings.Trim(address, "[]")
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
