// What Google's documents do with the Go SDK, one test for each. MOCKGEM_URL names the server.
package tests

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"google.golang.org/genai"
	"google.golang.org/genai/interactions/models/interactions"
	"google.golang.org/genai/interactions/models/operations"
)

const model = "gemini-2.5-flash"

var models = []string{model, "gemini-2.0-flash", "gemini-3.6-flash"}
var worlds atomic.Int64

func server() string {
	if url := os.Getenv("MOCKGEM_URL"); url != "" {
		return url
	}
	return "http://127.0.0.1:8090"
}

// client gives a client in a world of its own.
func client(t *testing.T) *genai.Client {
	t.Helper()
	base := fmt.Sprintf("%s/w/go-%d-%d", server(), os.Getpid(), worlds.Add(1))
	found, err := genai.NewClient(context.Background(), &genai.ClientConfig{
		APIKey:      "any-key",
		Backend:     genai.BackendGeminiAPI,
		HTTPOptions: genai.HTTPOptions{BaseURL: base},
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func must[T any](t *testing.T) func(T, error) T {
	return func(found T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
}

func TestText(t *testing.T) {
	for _, name := range models {
		result := must[*genai.GenerateContentResponse](t)(client(t).Models.GenerateContent(
			context.Background(), name, genai.Text("Explain how AI works in a few words"), nil))
		if result.Text() == "" || result.Candidates[0].FinishReason != genai.FinishReasonStop {
			t.Fatal(result)
		}
		if result.UsageMetadata.TotalTokenCount == 0 || result.ResponseID == "" {
			t.Fatal(result.UsageMetadata)
		}
	}
}

func TestStreaming(t *testing.T) {
	ctx, ai := context.Background(), client(t)
	for _, name := range models {
		question := genai.Text("Write a story about a magic backpack.")
		text, chunks := "", 0
		for result, err := range ai.Models.GenerateContentStream(ctx, name, question, nil) {
			if err != nil {
				t.Fatal(err)
			}
			text += result.Candidates[0].Content.Parts[0].Text
			chunks++
		}
		whole := must[*genai.GenerateContentResponse](t)(ai.Models.GenerateContent(ctx, name, question, nil))
		if chunks < 3 || text != whole.Text() {
			t.Fatalf("%d chunks: %q, not %q", chunks, text, whole.Text())
		}
	}
}

func TestConfiguration(t *testing.T) {
	result := must[*genai.GenerateContentResponse](t)(client(t).Models.GenerateContent(
		context.Background(), "gemini-2.0-flash", genai.Text("Tell me about New York"),
		&genai.GenerateContentConfig{
			Temperature:       genai.Ptr[float32](0.5),
			TopP:              genai.Ptr[float32](0.5),
			TopK:              genai.Ptr[float32](2.0),
			ResponseMIMEType:  "application/json",
			StopSequences:     []string{"Yankees"},
			CandidateCount:    2,
			Seed:              genai.Ptr[int32](42),
			MaxOutputTokens:   128,
			PresencePenalty:   genai.Ptr[float32](0.5),
			FrequencyPenalty:  genai.Ptr[float32](0.5),
			SystemInstruction: genai.NewContentFromText("Be brief.", genai.RoleUser),
		}))
	if len(result.Candidates) != 2 {
		t.Fatal(len(result.Candidates))
	}
}

func TestImageIn(t *testing.T) {
	png := must[[]byte](t)(base64.StdEncoding.DecodeString(
		"iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8Dwn4GBgYGJAQr+MzAAAB0bAwGHhzSSAAAAAElFTkSuQmCC"))
	parts := []*genai.Part{
		{Text: "Tell me about this instrument"},
		{InlineData: &genai.Blob{Data: png, MIMEType: "image/png"}},
	}
	result := must[*genai.GenerateContentResponse](t)(client(t).Models.GenerateContent(
		context.Background(), model, []*genai.Content{{Role: "user", Parts: parts}}, nil))
	if !strings.Contains(result.Text(), "2 x 2 pixels") {
		t.Fatal(result.Text())
	}
}

func TestChat(t *testing.T) {
	ctx := context.Background()
	for _, name := range models {
		chat := must[*genai.Chat](t)(client(t).Chats.Create(ctx, name, nil, nil))
		for _, words := range []string{"Hello, I have 2 dogs in my house.", "How many paws are in my house?"} {
			if result := must[*genai.GenerateContentResponse](t)(chat.SendMessage(ctx, genai.Part{Text: words})); result.Text() == "" {
				t.Fatal("nothing was said")
			}
		}
		for result, err := range chat.SendMessageStream(ctx, genai.Part{Text: "And tails?"}) {
			if err != nil || len(result.Candidates) == 0 {
				t.Fatal(err)
			}
		}
		if result := must[*genai.GenerateContentResponse](t)(chat.SendMessage(ctx, genai.Part{Text: "Thanks!"})); result.Text() == "" {
			t.Fatal("nothing was said")
		}
	}
}

func TestFunctionCalling(t *testing.T) {
	ctx, ai := context.Background(), client(t)
	config := &genai.GenerateContentConfig{Tools: []*genai.Tool{{FunctionDeclarations: []*genai.FunctionDeclaration{{
		Name:        "get_weather",
		Description: "The weather in a city",
		Parameters: &genai.Schema{
			Type:       genai.TypeObject,
			Properties: map[string]*genai.Schema{"city": {Type: genai.TypeString}},
			Required:   []string{"city"},
		},
	}}}}}
	for _, name := range models {
		turns := genai.Text("What's the weather in Boston?")
		result := must[*genai.GenerateContentResponse](t)(ai.Models.GenerateContent(ctx, name, turns, config))
		calls := result.FunctionCalls()
		if len(calls) != 1 || calls[0].Args["city"] != "Boston" {
			t.Fatal(calls)
		}
		answer := genai.NewPartFromFunctionResponse(calls[0].Name, map[string]any{"output": "23C and sunny"})
		turns = append(turns, result.Candidates[0].Content, genai.NewContentFromParts([]*genai.Part{answer}, genai.RoleUser))
		result = must[*genai.GenerateContentResponse](t)(ai.Models.GenerateContent(ctx, name, turns, config))
		if !strings.Contains(result.Text(), "23C and sunny") {
			t.Fatal(result.Text())
		}
	}
}

func TestSearchAndCode(t *testing.T) {
	ctx, ai := context.Background(), client(t)
	search := &genai.GenerateContentConfig{Tools: []*genai.Tool{{GoogleSearch: &genai.GoogleSearch{}}}}
	result := must[*genai.GenerateContentResponse](t)(ai.Models.GenerateContent(ctx, model, genai.Text("Who won?"), search))
	if len(result.Candidates[0].GroundingMetadata.GroundingChunks) == 0 {
		t.Fatal("no grounding")
	}
	code := &genai.GenerateContentConfig{Tools: []*genai.Tool{{CodeExecution: &genai.ToolCodeExecution{}}}}
	question := genai.Text("What is the sum of the first 50 prime numbers?")
	result = must[*genai.GenerateContentResponse](t)(ai.Models.GenerateContent(ctx, model, question, code))
	if result.ExecutableCode() == "" || !strings.Contains(result.CodeExecutionResult(), "5117") {
		t.Fatal(result.CodeExecutionResult())
	}
}

func TestFiles(t *testing.T) {
	ctx, ai := context.Background(), client(t)
	data := bytes.Repeat([]byte("A transcript. "), 1<<20)
	file := must[*genai.File](t)(ai.Files.Upload(ctx, bytes.NewReader(data), &genai.UploadFileConfig{MIMEType: "text/plain"}))
	if *file.SizeBytes != int64(len(data)) {
		t.Fatal(*file.SizeBytes)
	}
	parts := []*genai.Part{{Text: "Summarize:"}, genai.NewPartFromURI(file.URI, file.MIMEType)}
	contents := []*genai.Content{genai.NewContentFromParts(parts, genai.RoleUser)}
	small := must[*genai.File](t)(ai.Files.Upload(ctx, io.LimitReader(bytes.NewReader(data), 50_000), &genai.UploadFileConfig{MIMEType: "text/plain"}))
	contents[0].Parts[1] = genai.NewPartFromURI(small.URI, small.MIMEType)
	result := must[*genai.GenerateContentResponse](t)(ai.Models.GenerateContent(ctx, model, contents, nil))
	if result.UsageMetadata.PromptTokenCount < 10_000 {
		t.Fatal(result.UsageMetadata.PromptTokenCount)
	}
	count := 0
	for _, err := range ai.Files.All(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		count++
	}
	if count != 2 {
		t.Fatal(count)
	}
	must[*genai.DeleteFileResponse](t)(ai.Files.Delete(ctx, file.Name, nil))
}

func TestFileSearchStores(t *testing.T) {
	ctx, ai := context.Background(), client(t)
	store := must[*genai.FileSearchStore](t)(ai.FileSearchStores.Create(ctx, &genai.CreateFileSearchStoreConfig{DisplayName: "Atlas"}))
	text := "Paris is the capital of France. The Eiffel Tower is a landmark."
	upload := must[*genai.UploadToFileSearchStoreOperation](t)(ai.FileSearchStores.UploadToFileSearchStore(ctx, strings.NewReader(text), store.Name,
		&genai.UploadToFileSearchStoreConfig{MIMEType: "text/plain", DisplayName: "paris.txt"}))
	for !upload.Done {
		upload = must[*genai.UploadToFileSearchStoreOperation](t)(ai.Operations.GetUploadToFileSearchStoreOperation(ctx, upload, nil))
	}
	tool := &genai.Tool{FileSearch: &genai.FileSearch{FileSearchStoreNames: []string{store.Name}}}
	config := &genai.GenerateContentConfig{Tools: []*genai.Tool{tool}}
	result := must[*genai.GenerateContentResponse](t)(ai.Models.GenerateContent(ctx, model, genai.Text("What is the capital of France?"), config))
	chunks := result.Candidates[0].GroundingMetadata.GroundingChunks
	if result.Text() != "Paris is the capital of France." || len(chunks) != 1 || chunks[0].RetrievedContext.Title != "paris.txt" {
		t.Fatal(result.Text(), len(chunks))
	}
	if err := ai.FileSearchStores.Delete(ctx, store.Name, nil); err == nil {
		t.Fatal("a store with documents was deleted")
	}
	force := true
	if err := ai.FileSearchStores.Delete(ctx, store.Name, &genai.DeleteFileSearchStoreConfig{Force: &force}); err != nil {
		t.Fatal(err)
	}
}

func TestCachesAndCounts(t *testing.T) {
	ctx, ai := context.Background(), client(t)
	contents := genai.Text(strings.Repeat("word ", 2000))
	cache := must[*genai.CachedContent](t)(ai.Caches.Create(ctx, model, &genai.CreateCachedContentConfig{Contents: contents}))
	result := must[*genai.GenerateContentResponse](t)(ai.Models.GenerateContent(
		ctx, model, genai.Text("Hi"), &genai.GenerateContentConfig{CachedContent: cache.Name}))
	if result.UsageMetadata.CachedContentTokenCount != 2500 {
		t.Fatal(result.UsageMetadata.CachedContentTokenCount)
	}
	counted := must[*genai.CountTokensResponse](t)(ai.Models.CountTokens(ctx, model, contents, nil))
	if counted.TotalTokens != 2500 {
		t.Fatal(counted.TotalTokens)
	}
}

func TestEmbeddingsAndModels(t *testing.T) {
	ctx, ai := context.Background(), client(t)
	embedded := must[*genai.EmbedContentResponse](t)(ai.Models.EmbedContent(
		ctx, "gemini-embedding-001", genai.Text("Hello"), &genai.EmbedContentConfig{OutputDimensionality: genai.Ptr[int32](10)}))
	if len(embedded.Embeddings[0].Values) != 10 {
		t.Fatal(len(embedded.Embeddings[0].Values))
	}
	count := 0
	for one, err := range ai.Models.All(ctx) {
		if err != nil || !strings.HasPrefix(one.Name, "models/") {
			t.Fatal(one, err)
		}
		count++
	}
	if count < 40 {
		t.Fatal(count)
	}
}

func TestErrors(t *testing.T) {
	ctx, ai := context.Background(), client(t)
	_, err := ai.Models.GenerateContent(ctx, "gemini-9", genai.Text("hi"), nil)
	var refused genai.APIError
	if !errors.As(err, &refused) || refused.Code != 404 || refused.Status != "NOT_FOUND" {
		t.Fatal(err)
	}
	for _, err := range ai.Models.GenerateContentStream(ctx, "gemini-9", genai.Text("hi"), nil) {
		if !errors.As(err, &refused) || !strings.Contains(refused.Message, "models/gemini-9 is not found") {
			t.Fatal(err)
		}
	}
}

func TestInteractions(t *testing.T) {
	ctx, ai := context.Background(), client(t)
	ask := func(text string, previous *string) *interactions.Interaction {
		input := interactions.NewInteractionsInput([]interactions.Content{{TextContent: &interactions.TextContent{Text: text}}})
		body := operations.NewCreateInteractionRequestBody(interactions.CreateModelInteraction{
			Model: interactions.Model("gemini-3.8-flash"), Input: &input, PreviousInteractionID: previous,
		})
		return must[*operations.CreateInteractionResponse](t)(ai.Interactions.Create(ctx, operations.CreateInteractionRequest{Body: body})).Interaction
	}
	first := ask("My name is Ada.", nil)
	second := ask("What is my name?", first.ID)
	if second.Status != "completed" || len(second.Steps) != 2 {
		t.Fatal(second.Status, len(second.Steps))
	}
	read := must[*operations.GetInteractionByIDResponse](t)(ai.Interactions.Get(ctx, operations.GetInteractionByIDRequest{ID: *second.ID}))
	if *read.Interaction.ID != *second.ID {
		t.Fatal(*read.Interaction.ID)
	}
	if _, err := ai.Interactions.Get(ctx, operations.GetInteractionByIDRequest{ID: "v1_unknown"}); err == nil {
		t.Fatal("an unknown interaction was found")
	}
}
