package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/verify/report"
)

func newVersionCmd(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "print version, revision and Go release",
		Long: `Prints which program this is: version, revision of the source, Go release and
platform. A member that the build did not record is "unknown".`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			tool := report.ThisTool()
			if asJSON {
				return report.WriteJSON(a.stdout, struct {
					report.Tool
					OS   string `json:"os"`
					Arch string `json:"arch"`
				}{tool, runtime.GOOS, runtime.GOARCH})
			}
			_, err := fmt.Fprintf(a.stdout, "%s %s, revision %s, %s, %s/%s\n",
				tool.Name, tool.Version, tool.Revision, tool.Go, runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
