// Package world gives each test a separate world of the server that MOCKGEM_URL names.
package world

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"testing"
	"time"
)

type World struct {
	t   *testing.T
	URL string // for google-genai
}

func New(t *testing.T) *World {
	url := os.Getenv("MOCKGEM_URL")
	if url == "" {
		t.Fatal("run the tests with: mockgem run -- go test ./...")
	}
	return &World{t, fmt.Sprintf("%s/w/go-%d", url, time.Now().UnixNano())}
}

func (w *World) OpenAIURL() string { return w.URL + "/v1beta/openai/" }

// Say and Fail choose the answer to the next chat: a text, or a map such as {"json": …}; the name of an error, or a status.
func (w *World) Say(reply any) { w.addRule("say", reply) }
func (w *World) Fail(err any)  { w.addRule("fail", err) }

func (w *World) Scenario(name string) { w.call("PUT", "/scenario", map[string]any{"name": name}) }

// Journal returns the requests and responses, Passes whether the client did what the scenario expects.
func (w *World) Journal() []any { return w.call("GET", "/journal", nil)["entries"].([]any) }
func (w *World) Passes() bool   { return w.call("GET", "/verdict", nil)["pass"].(bool) }

func (w *World) addRule(action string, what any) {
	when := map[string]any{"times": 1, "endpoint": "generate"}
	w.call("POST", "/scenario/rules", map[string]any{action: what, "when": when})
}

func (w *World) call(method, path string, body any) (result map[string]any) {
	w.t.Helper()
	data, _ := json.Marshal(body)
	request, _ := http.NewRequest(method, w.URL+"/_mockgem"+path, bytes.NewReader(data))
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&result); err != nil || response.StatusCode >= 400 {
		w.t.Fatal(method, path, result["error"], err)
	}
	return result
}
