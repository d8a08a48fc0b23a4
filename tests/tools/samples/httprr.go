// Record two requests as httprr writes them: `go run httprr.go FILE BASE_URL`.
package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"strings"
)

const question = `{"contents":[{"role":"user","parts":[{"text":"Say hi in Portuguese"}]}]}`

func main() {
	trace := bytes.NewBufferString("httprr trace v1\n")
	for _, method := range []string{"generateContent", "streamGenerateContent?alt=sse"} {
		url := os.Args[2] + "/v1beta/models/gemini-2.5-flash:" + method
		request, _ := http.NewRequest("POST", url, strings.NewReader(question))
		request.Header.Set("Content-Type", "application/json")
		response, err := http.DefaultTransport.RoundTrip(withKey(request))
		if err != nil {
			panic(err)
		}
		var asked, answered bytes.Buffer
		request.Body, _ = request.GetBody()
		_ = request.WriteProxy(&asked)
		_ = response.Write(&answered)
		fmt.Fprintf(trace, "%d %d\n%s%s", asked.Len(), answered.Len(), asked.Bytes(), answered.Bytes())
	}
	if err := os.WriteFile(os.Args[1], trace.Bytes(), 0o644); err != nil {
		panic(err)
	}
}

func withKey(request *http.Request) *http.Request {
	sent := request.Clone(request.Context())
	sent.Header.Set("x-goog-api-key", "any-key")
	sent.Body, _ = request.GetBody()
	return sent
}
