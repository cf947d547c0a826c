package embedded_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/baserate/baserate/store/embedded"
)

// The account of analysts' own tools reads the analysts' database over HTTP, and gets an answer to nothing else.
func TestReader(t *testing.T) {
	const password = "a password of one's own & more <"
	e := startWithSecrets(t, embedded.Options{HTTPPort: freePort(t), Reader: embedded.Credentials{Password: password}})
	ask := func(user, password, sql string) (int, string) {
		request, err := http.NewRequest(http.MethodPost, "http://"+e.Endpoint().HTTP+"/", strings.NewReader(sql))
		if err != nil {
			t.Fatal(err)
		}
		request.SetBasicAuth(user, password)
		request.Close = true
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(text)
	}
	if code, text := ask(embedded.ReaderUser, password, "SELECT count() FROM changes"); code != http.StatusOK || text != "1000\n" {
		t.Errorf("%d %s", code, text)
	}
	if code, _ := ask(embedded.ReaderUser, "", "SELECT 1"); code == http.StatusOK {
		t.Error("the reader signs in without its password")
	}
	for _, sql := range refused() {
		if strings.Contains(sql, "numbers(") {
			continue // bombs run into the limits of half a minute; TestAnalystIsRefused has shorter ones
		}
		if code, text := ask(embedded.ReaderUser, password, sql); code == http.StatusOK {
			t.Errorf("answered: %s: %.200s", sql, text)
		}
	}
}

func TestNoReaderUnlessAskedFor(t *testing.T) {
	e := start(t, embedded.Options{HTTPPort: embedded.AnyPort})
	request, err := http.NewRequest(http.MethodPost, "http://"+e.Endpoint().HTTP+"/?query=SELECT+1", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth(embedded.ReaderUser, "")
	request.Close = true
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode == http.StatusOK {
		t.Error("there is a reader without a password")
	}
}
