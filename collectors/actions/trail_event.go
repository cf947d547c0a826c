package actions

import (
	"encoding/json"
	"strings"
	"time"
)

// trailEvent is what is read of a record of CloudTrail.
type trailEvent struct {
	EventTime          time.Time       `json:"eventTime"`
	EventSource        string          `json:"eventSource"`
	EventName          string          `json:"eventName"`
	AWSRegion          string          `json:"awsRegion"`
	UserAgent          string          `json:"userAgent"`
	ErrorCode          string          `json:"errorCode"`
	EventID            string          `json:"eventID"`
	EventType          string          `json:"eventType"`
	EventCategory      string          `json:"eventCategory"`
	RecipientAccountID string          `json:"recipientAccountId"`
	ReadOnly           *truth          `json:"readOnly"`
	ManagementEvent    *truth          `json:"managementEvent"`
	FromConsole        truth           `json:"sessionCredentialFromConsole"`
	Identity           identity        `json:"userIdentity"`
	Request            json.RawMessage `json:"requestParameters"`
	Response           json.RawMessage `json:"responseElements"`
	Resources          []struct {
		ARN       string `json:"ARN"`
		AccountID string `json:"accountId"`
	} `json:"resources"`
}

// identity is who called, see "CloudTrail userIdentity element" in the AWS documentation. Its forms:
//
//	Root, IAMUser, SAMLUser, WebIdentityUser, IdentityCenterUser, Directory
//	AssumedRole, FederatedUser: a session; Role: the role itself
//	AWSAccount: another account's; AWSService, or invokedBy beside any other: a service
type identity struct {
	Type        string `json:"type"`
	PrincipalID string `json:"principalId"`
	ARN         string `json:"arn"`
	AccountID   string `json:"accountId"`
	UserName    string `json:"userName"`
	InvokedBy   string `json:"invokedBy"`
	Session     struct {
		Attributes struct {
			MFA truth `json:"mfaAuthenticated"`
		} `json:"attributes"`
		Issuer struct {
			Type      string `json:"type"`
			ARN       string `json:"arn"`
			AccountID string `json:"accountId"`
			UserName  string `json:"userName"`
		} `json:"sessionIssuer"`
		SourceIdentity string `json:"sourceIdentity"`
	} `json:"sessionContext"`
	OnBehalfOf struct {
		UserID string `json:"userId"`
	} `json:"onBehalfOf"`
}

// truth is a boolean that is a string in some versions of the format.
type truth bool

// UnmarshalJSON reads true, "true" and "True"; anything else is false.
func (t *truth) UnmarshalJSON(text []byte) error {
	*t = truth(strings.EqualFold(strings.Trim(string(text), `"`), "true"))
	return nil
}

// says is the boolean of an event that need not have it.
func (t *truth) says() *bool { return (*bool)(t) }

// service is "cloudformation" of cloudformation.amazonaws.com.
func (e *trailEvent) service() string {
	name, _, _ := strings.Cut(e.EventSource, ".")
	return name
}

// account is whose log the event is in.
func (e *trailEvent) account() string {
	for _, id := range []string{e.RecipientAccountID, e.Identity.AccountID, e.Identity.Session.Issuer.AccountID} {
		if id != "" {
			return id
		}
	}
	return "unknown"
}

// session is the name of the session, the last part of its ARN or what follows the principal's id.
func (i *identity) session() string {
	if i.Type != "AssumedRole" && i.Type != "FederatedUser" {
		return ""
	}
	if parts := strings.SplitN(i.ARN, "/", 3); len(parts) == 3 {
		return parts[2]
	}
	if _, name, ok := strings.Cut(i.PrincipalID, ":"); ok {
		return name
	}
	return ""
}

// roleARN is the role that a session is of, "" when it is of none.
func (i *identity) roleARN() string {
	if i.Session.Issuer.Type == "Role" && i.Session.Issuer.ARN != "" {
		return i.Session.Issuer.ARN
	}
	switch i.Type {
	case "Role":
		return i.ARN
	case "AssumedRole": // without its issuer: the path of the role is not known
		if head, rest, ok := strings.Cut(i.ARN, ":assumed-role/"); ok {
			role, _, _ := strings.Cut(rest, "/")
			return strings.Replace(head, ":sts:", ":iam:", 1) + ":role/" + role
		}
	}
	return ""
}

// sessionARN is a session's name of its own, as responseElements of AssumeRole has it.
func sessionARN(roleARN, session string) string {
	head, name, ok := strings.Cut(roleARN, ":role/")
	if !ok || session == "" {
		return ""
	}
	return strings.Replace(head, ":iam:", ":sts:", 1) + ":assumed-role/" + lastPart(name) + "/" + session
}

func lastPart(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }
