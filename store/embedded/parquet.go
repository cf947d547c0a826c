package embedded

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Parquet runs a statement as the analysts' account over HTTP and returns the file that the engine makes of it, as it comes. A
// statement that fails on the way leaves a file without an end. params are values of {name:Type} in the server's escaped form.
func (e Endpoint) Parquet(ctx context.Context, sql string, params map[string]string) (io.ReadCloser, error) {
	values := url.Values{}
	for name, value := range params {
		values.Set("param_"+name, value)
	}
	address := url.URL{Scheme: "http", Host: e.HTTP, Path: "/", RawQuery: values.Encode()}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), strings.NewReader(sql))
	if err != nil {
		return nil, fmt.Errorf("parquet: %w", err)
	}
	request.SetBasicAuth(e.Analyst.User, e.Analyst.Password)
	request.Header.Set("X-ClickHouse-Format", "Parquet")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, fmt.Errorf("parquet: %w", err)
	}
	if response.StatusCode == http.StatusOK {
		return response.Body, nil
	}
	defer response.Body.Close()
	const enough = 4 << 10
	said, err := io.ReadAll(io.LimitReader(response.Body, enough))
	if err != nil {
		return nil, fmt.Errorf("parquet: %w", err)
	}
	return nil, fmt.Errorf("%s", strings.TrimSpace(string(said)))
}
