package api

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/labstack/echo/v4"
	echomiddleware "github.com/oapi-codegen/echo-middleware"
)

// contract holds requests to openapi.yaml.
type contract struct {
	keys     map[string][]string // of the query, by the framework's form of the path
	validate echo.MiddlewareFunc
}

func newContract() (*contract, error) {
	spec, err := GetSpec()
	if err != nil {
		return nil, fmt.Errorf("openapi.yaml: %w", err)
	}
	spec.Servers = nil // the host is checked elsewhere
	k := &contract{keys: map[string][]string{}}
	for path, item := range spec.Paths.Map() {
		var names []string
		for _, operation := range item.Operations() {
			for _, p := range operation.Parameters {
				if p.Value.In == openapi3.ParameterInQuery {
					names = append(names, p.Value.Name)
				}
			}
		}
		k.keys[strings.NewReplacer("{", ":", "}", "").Replace(path)] = names
	}
	k.validate = echomiddleware.OapiRequestValidatorWithOptions(spec, &echomiddleware.Options{
		ErrorHandler: func(_ echo.Context, err *echo.HTTPError) error { return invalid(err) },
	})
	return k, nil
}

// check refuses a query key that is unknown or given twice, which the contract's own validation lets pass, and then
// all that is not as the contract has it.
func (k *contract) check(next echo.HandlerFunc) echo.HandlerFunc {
	validated := k.validate(next)
	return func(c echo.Context) error {
		allowed := k.keys[c.Path()]
		for key, values := range c.QueryParams() {
			if !slices.Contains(allowed, key) {
				return &problem{code: unknownParameter, field: key, detail: fmt.Sprintf("%q is none of the parameters: %s.", key, list(allowed))}
			}
			if len(values) > 1 {
				return &problem{code: repeatedParameter, field: key, detail: fmt.Sprintf("%q is given %d times.", key, len(values))}
			}
		}
		return validated(c)
	}
}

func list(names []string) string {
	if len(names) == 0 {
		return "there are none"
	}
	return strings.Join(names, ", ")
}

// invalid says which parameter is wrong and why, without the schema that the validator would print.
func invalid(err *echo.HTTPError) error {
	var request *openapi3filter.RequestError
	if !errors.As(err.Internal, &request) {
		return err
	}
	p := &problem{code: invalidParameter, detail: request.Reason, cause: err.Internal}
	if request.Parameter != nil {
		p.field = request.Parameter.Name
	}
	if request.RequestBody != nil {
		p.code = invalidBody
	}
	var schema *openapi3.SchemaError
	var parse *openapi3filter.ParseError
	switch {
	case errors.As(request.Err, &schema) && schema.SchemaField == "format":
		p.detail = fmt.Sprintf("%q is not a %s, such as %s.", schema.Value, schema.Schema.Format, examples[schema.Schema.Format])
	case errors.As(request.Err, &schema):
		p.detail = fmt.Sprintf("%v: %s.", schema.Value, schema.Reason)
	case errors.As(request.Err, &parse):
		p.detail = fmt.Sprintf("%v: %s.", parse.Value, parse.Reason)
	case request.Err != nil:
		p.detail = request.Err.Error()
	}
	return p
}

// examples of the formats that a parameter can have.
var examples = map[string]string{"date": "2026-10-04"}

// unbound is a parameter that passes the contract and cannot be read all the same, such as the 31st of February.
var unbound = regexp.MustCompile(`\AInvalid format for parameter (\w+): (.*)\z`)

func cannotBind(err *echo.HTTPError) *problem {
	text := fmt.Sprint(err.Message)
	p := &problem{code: invalidParameter, detail: text, cause: err}
	if m := unbound.FindStringSubmatch(text); m != nil {
		p.field, p.detail = m[1], m[2]
	}
	return p
}
