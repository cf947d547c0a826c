package actions

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// BenchmarkTrail reads a million events of CloudTrail from a folder, one in eight of which changes something, which is more than
// in most accounts. It reports events a second, and how much memory lived at the most that was seen.
func BenchmarkTrail(b *testing.B) {
	const perFile, files = 10_000, 100
	dir := b.TempDir()
	size := 0
	changes, reads := benchEvents()
	for f := range files {
		var text strings.Builder
		text.WriteString(`{"Records":[`)
		for i := range perFile {
			if i > 0 {
				text.WriteByte(',')
			}
			event := reads
			if i%8 == 0 {
				event = changes
			}
			text.WriteString(strings.Replace(event, `"e-1"`, fmt.Sprintf(`"%036d"`, f*perFile+i), 1))
		}
		text.WriteString("]}")
		size += text.Len()
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.json", f)), []byte(text.String()), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	s, err := New(Options{Kind: CloudTrail, Path: dir, Environments: map[string]string{"prod*": "production"}, Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(size))
	var most uint64
	for b.Loop() {
		kept := 0
		for batch, err := range s.Collect(b.Context(), nil) {
			if err != nil {
				b.Fatal(err)
			}
			kept += len(batch.Actions)
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
		if kept != perFile*files/8 {
			b.Fatalf("%d actions", kept)
		}
	}
	b.ReportMetric(float64(perFile*files*b.N)/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(float64(most>>20), "MB-heap")
}

// benchEvents are events as long as real ones are, some 1,400 bytes: one that changes something and one that reads.
func benchEvents() (changes, reads string) {
	text := trailed(session("Deployer", "run-7", ""), `,"tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256",`+
		`"clientProvidedHostHeader":"cloudformation.eu-west-1.amazonaws.com"},"sourceIPAddress":"198.51.100.7","eventCategory":"Management"`)
	text = strings.NewReplacer("aws-cli/2.31.0", "aws-cli/2.31.0 md/awscrt#0.27.6 ua/2.1 os/linux md/arch#x86_64 lang/python#3.13.7 md/pyimpl#CPython",
		`"stackName":"checkout"`, `"stackName":"checkout","parameters":[{"parameterKey":"Image","parameterValue":"`+strings.Repeat("x", 240)+`"}]`).Replace(text)
	return text, strings.NewReplacer(`"DeleteStack"`, `"DescribeStackResources"`, `"readOnly":false`, `"readOnly":true`).Replace(text)
}
