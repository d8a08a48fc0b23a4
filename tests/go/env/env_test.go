// A client that is told nothing in code: `mockgem run -- go test ./env` tells it in the environment.
package env

import (
	"context"
	"os"
	"testing"

	"google.golang.org/genai"
)

func TestFindsTheServer(t *testing.T) {
	if os.Getenv("MOCKGEM_URL") == "" {
		t.Fatal("run it with: mockgem run -- go test ./env")
	}
	client, err := genai.NewClient(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Models.GenerateContent(context.Background(), "gemini-2.5-flash", genai.Text("Hello"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer.Text() == "" {
		t.Fatal("no words came")
	}
}
