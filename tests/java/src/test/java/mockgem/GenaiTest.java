package mockgem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.genai.Chat;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ClientException;
import com.google.genai.gaos.models.interactions.CreateModelInteraction;
import com.google.genai.gaos.models.interactions.Interaction;
import com.google.genai.gaos.models.interactions.InteractionStatus;
import com.google.genai.gaos.models.interactions.InteractionsInput;
import com.google.genai.gaos.models.interactions.Model;
import com.google.genai.gaos.models.operations.CreateInteractionRequestBody;
import com.google.genai.gaos.models.operations.GetInteractionByIdRequest;
import com.google.genai.types.CachedContent;
import com.google.genai.types.Content;
import com.google.genai.types.CreateCachedContentConfig;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.File;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GoogleSearch;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.Tool;
import com.google.genai.types.ToolCodeExecution;
import com.google.genai.types.Type;
import com.google.genai.types.UploadFileConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Google's documents do with the Java SDK, one test for each. MOCKGEM_URL names the server. */
class GenaiTest {
  static final String MODEL = "gemini-2.5-flash";

  /** A client in a world of its own. */
  static Client client() {
    String server = System.getenv().getOrDefault("MOCKGEM_URL", "http://127.0.0.1:8090");
    HttpOptions options = HttpOptions.builder().baseUrl(server + "/w/java-" + UUID.randomUUID()).build();
    return Client.builder().apiKey("any-key").httpOptions(options).build();
  }

  static Tool weather() {
    Schema city = Schema.builder().type(Type.Known.STRING).build();
    Schema parameters =
        Schema.builder()
            .type(Type.Known.OBJECT)
            .properties(ImmutableMap.of("city", city))
            .required(ImmutableList.of("city"))
            .build();
    FunctionDeclaration declared =
        FunctionDeclaration.builder()
            .name("get_weather")
            .description("The weather in a city")
            .parameters(parameters)
            .build();
    return Tool.builder().functionDeclarations(declared).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {MODEL, "gemini-2.0-flash", "gemini-3.6-flash"})
  void textWholeAndStreamed(String model) {
    Client client = client();
    String question = "Write a story about a magic backpack.";
    GenerateContentResponse whole = client.models.generateContent(model, question, null);
    assertEquals(FinishReason.Known.STOP, whole.finishReason().knownEnum());
    assertTrue(whole.usageMetadata().get().totalTokenCount().get() > 10);
    StringBuilder text = new StringBuilder();
    int chunks = 0;
    try (ResponseStream<GenerateContentResponse> stream = client.models.generateContentStream(model, question, null)) {
      for (GenerateContentResponse chunk : stream) {
        text.append(chunk.text() == null ? "" : chunk.text());
        chunks++;
      }
    }
    assertTrue(chunks > 2);
    assertEquals(whole.text(), text.toString());
  }

  @Test
  void asynchronously() throws Exception {
    Client client = client();
    String text = client.async.models.generateContent(MODEL, "Explain how AI works", null).get().text();
    assertEquals(client.models.generateContent(MODEL, "Explain how AI works", null).text(), text);
  }

  @Test
  void configuration() {
    GenerateContentConfig config =
        GenerateContentConfig.builder()
            .systemInstruction(Content.fromParts(Part.fromText("Be brief.")))
            .maxOutputTokens(400)
            .temperature(0.5f)
            .topP(0.5f)
            .topK(2f)
            .seed(42)
            .responseMimeType("application/json")
            .build();
    assertTrue(client().models.generateContent(MODEL, "Name a fruit", config).text().startsWith("{"));
  }

  @ParameterizedTest
  @ValueSource(strings = {MODEL, "gemini-3.6-flash"})
  void functionCalling(String model) {
    Client client = client();
    GenerateContentConfig config = GenerateContentConfig.builder().tools(weather()).build();
    Content question = Content.fromParts(Part.fromText("What's the weather in Boston?"));
    GenerateContentResponse asked = client.models.generateContent(model, List.of(question), config);
    FunctionCall call = asked.functionCalls().get(0);
    assertEquals(Map.of("city", "Boston"), call.args().get());
    Part result = Part.fromFunctionResponse(call.name().get(), Map.of("output", "23C and sunny"));
    Content called = asked.candidates().get().get(0).content().get();
    List<Content> turns = List.of(question, called, Content.fromParts(result));
    assertTrue(client.models.generateContent(model, turns, config).text().contains("23C and sunny"));
  }

  @Test
  void searchAndCode() {
    Client client = client();
    Tool search = Tool.builder().googleSearch(GoogleSearch.builder().build()).build();
    GenerateContentResponse grounded =
        client.models.generateContent(MODEL, "Who won?", GenerateContentConfig.builder().tools(search).build());
    assertTrue(grounded.candidates().get().get(0).groundingMetadata().get().groundingChunks().get().size() > 1);
    Tool code = Tool.builder().codeExecution(ToolCodeExecution.builder().build()).build();
    GenerateContentResponse worked =
        client.models.generateContent(
            MODEL,
            "What is the sum of the first 50 prime numbers?",
            GenerateContentConfig.builder().tools(code).build());
    assertTrue(worked.codeExecutionResult().contains("5117"));
  }

  @Test
  void chats() {
    Chat chat = client().chats.create(MODEL);
    assertTrue(chat.sendMessage("I have 2 dogs in my house.").text().length() > 5);
    assertTrue(chat.sendMessage("How many paws are in my house?").text().length() > 5);
    assertEquals(4, chat.getHistory(false).size());
  }

  @Test
  void filesAndCaches() {
    Client client = client();
    byte[] data = "A transcript. ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    File large = client.files.upload(data, UploadFileConfig.builder().mimeType("text/plain").build());
    assertEquals(data.length, large.sizeBytes().get());
    byte[] some = "A transcript. ".repeat(2000).getBytes(StandardCharsets.UTF_8);
    File file = client.files.upload(some, UploadFileConfig.builder().mimeType("text/plain").build());
    Content content =
        Content.fromParts(Part.fromText("Summarize:"), Part.fromUri(file.uri().get(), file.mimeType().get()));
    assertTrue(client.models.generateContent(MODEL, content, null).usageMetadata().get().promptTokenCount().get() > 6000);
    CachedContent cache =
        client.caches.create(MODEL, CreateCachedContentConfig.builder().contents(content).build());
    GenerateContentConfig config = GenerateContentConfig.builder().cachedContent(cache.name().get()).build();
    GenerateContentResponse response = client.models.generateContent(MODEL, "Hi", config);
    assertTrue(response.usageMetadata().get().cachedContentTokenCount().get() > 6000);
    client.files.delete(file.name().get(), null);
  }

  @Test
  void embeddingsAndCounts() {
    Client client = client();
    EmbedContentConfig config = EmbedContentConfig.builder().outputDimensionality(10).build();
    var embedded = client.models.embedContent("gemini-embedding-001", "Hello", config);
    assertEquals(10, embedded.embeddings().get().get(0).values().get().size());
    assertEquals(11, client.models.countTokens(MODEL, "The quick brown fox jumps over the lazy dog.", null).totalTokens().get());
  }

  @Test
  void errors() {
    ClientException refused =
        assertThrows(ClientException.class, () -> client().models.generateContent("gemini-9", "hi", null));
    assertEquals(404, refused.code());
    assertTrue(refused.message().contains("models/gemini-9 is not found"));
  }

  @Test
  void interactions() {
    Client client = client();
    Interaction first = create(client, "My name is Ada.", null);
    Interaction second = create(client, "What is my name?", first.id().get());
    assertEquals(InteractionStatus.COMPLETED, second.status().get());
    assertEquals(2, second.steps().get().size());
    Interaction again = read(client, second.id().get());
    assertEquals(second.id(), again.id());
    assertThrows(RuntimeException.class, () -> read(client, "v1_unknown"));
  }

  private static Interaction create(Client client, String text, String previous) {
    CreateModelInteraction.Builder request =
        CreateModelInteraction.builder().model(Model.of("gemini-3.8-flash")).input(InteractionsInput.of(text));
    if (previous != null) {
      request.previousInteractionId(previous);
    }
    return client.interactions.create(CreateInteractionRequestBody.of(request.build())).interaction().get();
  }

  private static Interaction read(Client client, String id) {
    return client.interactions.get(GetInteractionByIdRequest.builder().id(id).build()).interaction().get();
  }
}
