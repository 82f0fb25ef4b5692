package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// version returns the version of an npm package, for the name of its layer.
func version(modules, name string) (string, error) {
	data, err := os.ReadFile(filepath.Join(modules, name, "package.json"))
	if err != nil {
		return "", fmt.Errorf("is it installed (npm ci)? %w", err)
	}
	var p struct {
		Version string `json:"version"`
	}
	if err := json.Unmarshal(data, &p); err != nil {
		return "", fmt.Errorf("parse package.json: %w", err)
	}
	return p.Version, nil
}
