// A client that knows only the real URL: `mockgem run --proxy -- go test ./proxy` is its proxy.
package proxy

import (
	"context"
	"os"
	"strings"
	"testing"

	"google.golang.org/genai"
)

const model = "gemini-2.5-flash"

func client(t *testing.T) *genai.Client {
	t.Helper()
	if os.Getenv("HTTPS_PROXY") == "" || os.Getenv("GOOGLE_GEMINI_BASE_URL") != "" {
		t.Fatal("run it with: mockgem run --proxy -- go test ./proxy")
	}
	found, err := genai.NewClient(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestUsesTheProxy(t *testing.T) {
	answer, err := client(t).Models.GenerateContent(context.Background(), model, genai.Text("Hello"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer.Text() == "" {
		t.Fatal("no words came")
	}
}

func TestStreams(t *testing.T) {
	pieces := 0
	for piece, err := range client(t).Models.GenerateContentStream(context.Background(), model, genai.Text("Count to ten"), nil) {
		if err != nil {
			t.Fatal(err)
		}
		if piece.Text() != "" {
			pieces++
		}
	}
	if pieces < 2 {
		t.Fatalf("%d pieces came", pieces)
	}
}

func TestUploads(t *testing.T) {
	config := &genai.UploadFileConfig{MIMEType: "text/plain"}
	file, err := client(t).Files.Upload(context.Background(), strings.NewReader(strings.Repeat("x", 300_000)), config)
	if err != nil {
		t.Fatal(err)
	}
	if file.SizeBytes == nil || *file.SizeBytes != 300_000 {
		t.Fatalf("the file has %v bytes", file.SizeBytes)
	}
}
