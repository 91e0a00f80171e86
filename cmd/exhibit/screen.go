package main

import "github.com/exhibit-dev/exhibit/verify/report"

// onScreen makes text from files and their names fit for a terminal, as reports do.
func onScreen(s string) string { return report.Clean(s) }
