package main

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors/git"
)

// config is baserate.yaml: where the data are, who may look at them, and which systems they come from. Its zero value is a
// program that collects the clones it is given as arguments. baserate.yaml.example explains every key.
type config struct {
	Data         string           `yaml:"data"`
	ClickHouse   clickhouseConfig `yaml:"clickhouse"`
	Analysts     analystsConfig   `yaml:"analysts"`
	Listen       string           `yaml:"listen"`
	Hosts        []string         `yaml:"hosts"`
	Control      bool             `yaml:"control"`
	Parallel     int              `yaml:"parallel"`
	KeepPayloads duration         `yaml:"keep_payloads"`

	Services      map[string][]string `yaml:"services"`
	People        peopleConfig        `yaml:"people"`
	Git           gitConfig           `yaml:"git"`
	GitHub        []githubConfig      `yaml:"github"`
	PagerDuty     []pagerdutyConfig   `yaml:"pagerduty"`
	IncidentIO    []incidentioConfig  `yaml:"incidentio"`
	Statuspage    statuspageConfig    `yaml:"statuspage"`
	Jira          []jiraConfig        `yaml:"jira"`
	Alertmanager  alertmanagerConfig  `yaml:"alertmanager"`
	IncidentFiles incidentFileConfig  `yaml:"incident_files"`
	Actions       []actionsConfig     `yaml:"actions"`

	// folder is where the file lies: its relative paths begin there.
	folder string
}

type clickhouseConfig struct {
	Addr            string `yaml:"addr"`
	User            string `yaml:"user"`
	Password        string `yaml:"password"`
	AnalystUser     string `yaml:"analyst_user"`
	AnalystPassword string `yaml:"analyst_password"`
}

// analystsConfig opens the built-in database to analysts' own tools on this machine, by a read-only account.
type analystsConfig struct {
	Port       int    `yaml:"port"`        // HTTP
	NativePort int    `yaml:"native_port"` // ClickHouse's own protocol
	Password   string `yaml:"password"`
}

// peopleConfig names what says whose account is whose, who was in which team, and which team owns what.
type peopleConfig struct {
	File       string            `yaml:"file"`
	Mailmap    []string          `yaml:"mailmap"`
	CodeOwners map[string]string `yaml:"codeowners"` // paths by repository
	Profiles   []profileConfig   `yaml:"profiles"`
	Every      duration          `yaml:"every"`
}

// profileConfig is what the history of a repository does not say.
type profileConfig struct {
	Repo     string   `yaml:"repo"`
	Team     string   `yaml:"team"`
	Tier     int      `yaml:"tier"`
	Services []string `yaml:"services"`
}

// gitConfig names clones as the arguments of serve do; a path with * stands for all that match.
type gitConfig struct {
	Clones []string `yaml:"clones"`
	Every  duration `yaml:"every"`
}

// githubConfig is one GitHub, or one organisation of it.
type githubConfig struct {
	Name           string              `yaml:"name"`
	Org            string              `yaml:"org"`
	Repos          []string            `yaml:"repos"`
	URL            string              `yaml:"url"`
	GraphQLURL     string              `yaml:"graphql_url"`
	Tokens         []string            `yaml:"tokens"`
	App            githubAppConfig     `yaml:"app"`
	IncidentLabels []string            `yaml:"incident_labels"`
	Copilot        bool                `yaml:"copilot"`
	Every          map[string]duration `yaml:"every"`
}

type githubAppConfig struct {
	ID           int64  `yaml:"id"`
	Installation int64  `yaml:"installation"`
	KeyFile      string `yaml:"key_file"`
}

// trackerConfig is an account at an incident tracker that is asked with a token.
type trackerConfig struct {
	Name       string              `yaml:"name"`
	URL        string              `yaml:"url"`
	Token      string              `yaml:"token"`
	Since      day                 `yaml:"since"`
	Severities map[string]int      `yaml:"severities"`
	Every      map[string]duration `yaml:"every"`
}

type pagerdutyConfig struct {
	trackerConfig
	Teams    []string `yaml:"teams"`
	Services []string `yaml:"services"`
}

type incidentioConfig struct {
	trackerConfig
	ServiceFields []string `yaml:"service_fields"`
	CauseFields   []string `yaml:"cause_fields"`
}

type statuspageConfig struct {
	Pages []string            `yaml:"pages"`
	Every map[string]duration `yaml:"every"`
}

type jiraConfig struct {
	trackerConfig
	Email  string           `yaml:"email"`
	JQL    string           `yaml:"jql"`
	Links  []string         `yaml:"links"`
	Fields jiraFieldsConfig `yaml:"fields"`
}

// jiraFieldsConfig are ids of custom fields, such as customfield_10050.
type jiraFieldsConfig struct {
	Severity     string `yaml:"severity"`
	Services     string `yaml:"services"`
	Environment  string `yaml:"environment"`
	Cause        string `yaml:"cause"`
	CauseType    string `yaml:"cause_type"`
	Postmortem   string `yaml:"postmortem"`
	Started      string `yaml:"started"`
	Detected     string `yaml:"detected"`
	Acknowledged string `yaml:"acknowledged"`
	Mitigated    string `yaml:"mitigated"`
	Drill        string `yaml:"drill"`
}

// alertmanagerConfig is how the sender of POST /hooks/alertmanager shows who it is.
type alertmanagerConfig struct {
	Name   string `yaml:"name"`
	Token  string `yaml:"token"`
	Secret string `yaml:"secret"`
}

// incidentFileConfig names files, or folders of them, that are read when they change.
type incidentFileConfig struct {
	Paths  []string `yaml:"paths"`
	Format string   `yaml:"format"`
	Every  duration `yaml:"every"`
}

// actionsConfig is a place with audit logs.
type actionsConfig struct {
	Name         string            `yaml:"name"`
	Kind         string            `yaml:"kind"`
	Path         string            `yaml:"path"`
	S3           s3Config          `yaml:"s3"`
	Cluster      string            `yaml:"cluster"`
	Environments map[string]string `yaml:"environments"` // by pattern
	Levels       map[string]string `yaml:"levels"`       // of roles, by pattern
	Every        duration          `yaml:"every"`
}

type s3Config struct {
	Endpoint  string `yaml:"endpoint"`
	Region    string `yaml:"region"`
	Bucket    string `yaml:"bucket"`
	Prefix    string `yaml:"prefix"`
	AccessKey string `yaml:"access_key"`
	SecretKey string `yaml:"secret_key"`
}

// path is a path of the file as the program takes it: from the folder of the file on, or from home.
func (c *config) path(name string) string {
	if rest, home := strings.CutPrefix(name, "~/"); home {
		if dir, err := os.UserHomeDir(); err == nil {
			return filepath.Join(dir, rest)
		}
	}
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(c.folder, name)
}

func (c *config) paths(names []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = c.path(name)
	}
	return all
}

// clones are the paths of the clones, each with its name where it has one.
func (c *config) clones() []string {
	all := make([]string, len(c.Git.Clones))
	for i, target := range c.Git.Clones {
		name, path := git.ParseTarget(target)
		all[i] = c.path(path)
		if name != "" {
			all[i] = name + "=" + all[i]
		}
	}
	return all
}

// duration is a time.Duration that is written as 10m, 36h or 90d.
type duration struct{ time.Duration }

// day is a day that is written as 2026-01-31; it begins at midnight UTC.
type day struct{ time.Time }
