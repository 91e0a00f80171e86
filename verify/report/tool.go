package report

import "runtime/debug"

// Tool names the program that judged.
type Tool struct {
	Name     string `json:"name"`
	Version  string `json:"version"`
	Go       string `json:"go"`
	Revision string `json:"revision"`
}

const unknown = "unknown"

// ThisTool describes the running program by what the linker recorded. What was not
// recorded is "unknown".
func ThisTool() Tool {
	t := Tool{Name: "exhibit", Version: unknown, Go: unknown, Revision: unknown}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return t
	}
	t.Go = info.GoVersion
	if v := info.Main.Version; v != "" {
		t.Version = v
	}
	modified := false
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			t.Revision = s.Value
		case "vcs.modified":
			modified = s.Value == "true"
		}
	}
	if modified && t.Revision != unknown {
		t.Revision += "+modified"
	}
	return t
}
