package server

import (
	"encoding/json"
	"html/template"
	"io"
)

// writeHTML writes the page of a template.
func (s *Server) writeHTML(w io.Writer, name string, data any) error {
	body, err := json.Marshal(data)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "<!doctype html>\n<html lang=\"en\"><title>"+name+"</title><body><a href=\"/api\">API</a><pre>"+template.HTMLEscapeString(string(body))+"</pre></body></html>\n")
	return err
}
