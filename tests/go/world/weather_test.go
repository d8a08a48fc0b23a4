package world

import (
	"context"
	"testing"

	"google.golang.org/genai"
)

func ask(t *testing.T, w *World) (string, error) {
	client, err := genai.NewClient(context.Background(), &genai.ClientConfig{
		APIKey: "any-key", HTTPOptions: genai.HTTPOptions{BaseURL: w.URL},
	})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Models.GenerateContent(context.Background(), "gemini-2.5-flash", genai.Text("How is the weather?"), nil)
	if err != nil {
		return "", err
	}
	return answer.Text(), nil
}

func TestAReplyAppliesOnce(t *testing.T) {
	w := New(t)
	w.Say("Sunny")
	if text, err := ask(t, w); err != nil || text != "Sunny" {
		t.Fatal(text, err)
	}
	if text, err := ask(t, w); err != nil || text == "Sunny" {
		t.Fatal(text, err)
	}
}

func TestAFailureAndWhatWasSent(t *testing.T) {
	w := New(t)
	w.Fail(400)
	if _, err := ask(t, w); err == nil {
		t.Fatal("the client did not notice the error")
	}
	if sent := w.Journal(); len(sent) != 1 || sent[0].(map[string]any)["status"].(float64) != 400 {
		t.Fatal(sent)
	}
}

func TestTheVerdictOfAScenario(t *testing.T) {
	w := New(t)
	w.Scenario("overloaded-then-ok")
	if _, err := ask(t, w); err == nil || w.Passes() {
		t.Fatal("the client gave up after the first error, which the verdict has to say")
	}
}
