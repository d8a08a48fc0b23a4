// Live sessions with the Go SDK, which opens them with TLS. SSL_CERT_FILE names what to trust.
package tests

import (
	"context"
	"strings"
	"testing"

	"google.golang.org/genai"
)

const nativeAudio = "gemini-2.5-flash-native-audio-preview-12-2025"
const textModel = "gemini-live-2.5-flash-preview"

func connect(t *testing.T, name string, config *genai.LiveConnectConfig) *genai.Session {
	t.Helper()
	session := must[*genai.Session](t)(client(t).Live.Connect(context.Background(), name, config))
	t.Cleanup(func() { session.Close() })
	return session
}

// receiveTurn gives the messages up to the end of a turn, or to one that is wanted.
func receiveTurn(t *testing.T, session *genai.Session, isWanted func(*genai.LiveServerMessage) bool) []*genai.LiveServerMessage {
	t.Helper()
	var found []*genai.LiveServerMessage
	for {
		message := must[*genai.LiveServerMessage](t)(session.Receive())
		found = append(found, message)
		if isWanted != nil && isWanted(message) {
			return found
		}
		if message.ServerContent != nil && message.ServerContent.TurnComplete {
			return found
		}
	}
}

func TestLiveText(t *testing.T) {
	config := &genai.LiveConnectConfig{ResponseModalities: []genai.Modality{genai.ModalityText}}
	session := connect(t, textModel, config)
	turns := []*genai.Content{genai.NewContentFromText("Hello what should we talk about?", genai.RoleUser)}
	if err := session.SendClientContent(genai.LiveClientContentInput{Turns: turns}); err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, message := range receiveTurn(t, session, nil) {
		if message.ServerContent != nil && message.ServerContent.ModelTurn != nil {
			for _, part := range message.ServerContent.ModelTurn.Parts {
				text.WriteString(part.Text)
			}
		}
	}
	if text.Len() == 0 {
		t.Fatal("the session said nothing")
	}
}

func TestLiveAudio(t *testing.T) {
	config := &genai.LiveConnectConfig{
		ResponseModalities:       []genai.Modality{genai.ModalityAudio},
		OutputAudioTranscription: &genai.AudioTranscriptionConfig{},
	}
	session := connect(t, nativeAudio, config)
	if err := session.SendRealtimeInput(genai.LiveRealtimeInput{Text: "Are you there?"}); err != nil {
		t.Fatal(err)
	}
	audio, words := 0, ""
	for _, message := range receiveTurn(t, session, nil) {
		content := message.ServerContent
		if content == nil {
			continue
		}
		if content.OutputTranscription != nil {
			words += content.OutputTranscription.Text
		}
		if content.ModelTurn != nil && content.ModelTurn.Parts[0].InlineData != nil {
			audio += len(content.ModelTurn.Parts[0].InlineData.Data)
		}
	}
	if audio == 0 || words == "" {
		t.Fatalf("%d bytes of audio, words %q", audio, words)
	}
}

func TestLiveRefusal(t *testing.T) {
	session, err := client(t).Live.Connect(context.Background(), "gemini-live-9", &genai.LiveConnectConfig{})
	if err == nil {
		_, err = session.Receive()
	}
	if err == nil || !strings.Contains(err.Error(), "is not found for API version") {
		t.Fatalf("got %v", err)
	}
}
