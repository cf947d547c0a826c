package embedded

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"text/template"
)

// Accounts of the engine. Their names never change, because ClickHouse derives an account's identity from its name:
// a view made with SQL SECURITY DEFINER belongs to the same account after a start with new passwords.
const (
	appUser     = "baserate"
	analystUser = "analyst"
	// ReaderUser is the account of analysts' own tools; see Options.Reader.
	ReaderUser = "reader"
)

//go:embed config.xml.tmpl
var configText string

//go:embed users.xml.tmpl
var usersText string

var (
	functions = template.FuncMap{"xml": escapeXML, "sha256": sha256Hex}
	config    = template.Must(template.New("config.xml").Funcs(functions).Parse(configText))
	users     = template.Must(template.New("users.xml").Funcs(functions).Parse(usersText))
	plainName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
)

// settings are what the two templates are filled from.
type settings struct {
	Endpoint
	Port, HTTPPort      int
	Store, Users, Log   string
	Functions           string
	MemoryLimit         int64
	Limits              AnalystLimits
	Analysts            []Credentials
	AnalystDatabase     string
	Seconds, MaxSeconds int
	UserMemory          int64
	SessionQueries      int
}

// writeConfig writes config.xml and users.xml for an engine at end and returns the path of the first.
func writeConfig(o Options, end Endpoint, port int) (string, error) {
	if !plainName.MatchString(o.AnalystDatabase) {
		return "", fmt.Errorf("embedded engine: analysts' database %q: want letters, digits and _", o.AnalystDatabase)
	}
	dir := engineFolder(o.Dir)
	s := settings{
		Endpoint: end, Port: port, HTTPPort: o.HTTPPort,
		Store: filepath.Join(dir, "store"), Users: filepath.Join(dir, "users.xml"), Log: logPath(o.Dir),
		Functions:   filepath.Join(dir, "functions"),
		MemoryLimit: o.MemoryLimit, Limits: o.Analyst, Analysts: []Credentials{end.Analyst}, AnalystDatabase: o.AnalystDatabase,
		Seconds: int(o.Analyst.Time.Seconds()), MaxSeconds: int(o.Analyst.Time.Seconds()) + 5,
		UserMemory: 2 * o.Analyst.Memory, SessionQueries: len(statements(o.HTTPPort != 0)),
	}
	if o.Reader.Password != "" {
		s.Analysts = append(s.Analysts, Credentials{User: ReaderUser, Password: o.Reader.Password})
	}
	path := filepath.Join(dir, "config.xml")
	if err := shadowFileFunction(s.Functions); err != nil {
		return "", err
	}
	if err := writeTemplate(s.Users, users, s); err != nil {
		return "", err
	}
	return path, writeTemplate(path, config, s)
}

// shadowFileFunction takes the scalar function file() away. As a library, ClickHouse lets any account read any file
// of this user with it: no grant is asked for, and user_files_path is not heeded. A function in SQL goes before the
// built-in one of its name; CREATE FUNCTION refuses such a name, but the folder of functions is read without asking.
// [Endpoint.checkShadow] makes sure that it worked.
func shadowFileFunction(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("folder of SQL functions: %w", err)
	}
	const sql = "CREATE FUNCTION file AS path -> throwIf(true, 'the function file is not available here')\n"
	return writePrivate(filepath.Join(folder, "function_file.sql"), []byte(sql))
}

func engineFolder(dir string) string { return filepath.Join(dir, "engine") }

func logPath(dir string) string { return filepath.Join(engineFolder(dir), "engine.log") }

func writeTemplate(path string, t *template.Template, s settings) error {
	var text bytes.Buffer
	if err := t.Execute(&text, s); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return writePrivate(path, text.Bytes())
}

// writePrivate replaces the file at path by text that only its owner can read. It is never seen half written.
func writePrivate(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp") // made with mode 0600
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = f.Write(text)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

func escapeXML(s string) (string, error) {
	var text bytes.Buffer
	err := xml.EscapeText(&text, []byte(s))
	return text.String(), err
}

func sha256Hex(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// newPassword has 26 characters and at least 128 bits of chance.
func newPassword() string { return rand.Text() }
