package github

import (
	"cmp"
	"encoding/json"
	"strings"

	"github.com/baserate/baserate/record"
)

// collaboratorPage is a page of GraphQL's list of who may do what.
type collaboratorPage struct {
	PageInfo pageOf
	Edges    []collaboratorEdge
}

type collaboratorEdge struct {
	Permission string
	Sources    []permissionSource `json:"permissionSources"`
	Node       *graphActor
}

// permissionSource is one of the ways in which a right was granted. Its Permission has no name for triage and maintain: RoleName has.
type permissionSource struct {
	Permission string
	RoleName   string
	Source     struct {
		Typename string `json:"__typename"`
		Login    string
		Slug     string
	}
}

func (p *permissionSource) grant() grant {
	g := grant{By: strings.ToLower(p.Source.Typename)}
	switch p.Source.Typename {
	case "Organization":
		g.By = "organisation"
	case "Team":
		g.By = "team " + p.Source.Slug
	}
	var known bool
	if g.Level, known = levelOf(p.RoleName); !known {
		g.Level, _ = levelOf(p.Permission)
	}
	return g
}

// permissions of a page hold neither repository nor time.
func (p *collaboratorPage) permissions() []record.Permission {
	var all []record.Permission
	for i := range p.Edges {
		e := &p.Edges[i]
		level, _ := levelOf(e.Permission)
		var grants []grant
		for j := range e.Sources {
			grants = append(grants, e.Sources[j].grant())
		}
		if who := e.Node.account(); who.Login != "" {
			all = append(all, record.Permission{Account: who, Level: level, Grant: grantsOf(level, grants)})
		}
	}
	return all
}

// restCollaborator is somebody with rights in a repository, as REST has them. A custom role has a name of its own; what it is
// at least is then in Permissions.
type restCollaborator struct {
	restUser
	RoleName    string `json:"role_name"`
	Permissions map[string]bool
}

func (c *restCollaborator) level() record.Level {
	if level, known := levelOf(c.RoleName); known {
		return level
	}
	best := record.LevelUnknown
	for name, has := range c.Permissions {
		if level, known := levelOf(name); known && has {
			best = strongest(best, level)
		}
	}
	return best
}

// parseCollaborators reads a page of REST's list. It does not say who granted what.
func parseCollaborators(body []byte) ([]record.Permission, error) {
	var page []restCollaborator
	if err := json.Unmarshal(body, &page); err != nil {
		return nil, err
	}
	var all []record.Permission
	for i := range page {
		c := &page[i]
		if c.Login == "" {
			continue
		}
		all = append(all, record.Permission{Account: c.account(), Level: c.level(), Grant: "role " + cmp.Or(c.RoleName, string(c.level()))})
	}
	return all, nil
}
