// Record two requests with a version of go-vcr: `go run . NAME BASE_URL`.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"RECORDER"
)

const question = `{"contents":[{"role":"user","parts":[{"text":"Say hi in Portuguese"}]}]}`

func main() {
	recorder, err := recorder.New(os.Args[1])
	if err != nil {
		panic(err)
	}
	client := &http.Client{Transport: recorder}
	for _, method := range []string{"generateContent", "streamGenerateContent?alt=sse"} {
		url := os.Args[2] + "/v1beta/models/gemini-2.5-flash:" + method
		request, _ := http.NewRequest("POST", url, strings.NewReader(question))
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("x-goog-api-key", "any-key")
		response, err := client.Do(request)
		if err != nil {
			panic(err)
		}
		body, _ := io.ReadAll(response.Body)
		fmt.Println(response.StatusCode, len(body))
	}
	if err := recorder.Stop(); err != nil {
		panic(err)
	}
}
