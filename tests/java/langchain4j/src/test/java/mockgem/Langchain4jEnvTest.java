package mockgem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;

/** langchain4j's starter for Spring Boot: {@code mockgem run} sets the base URLs that it reads. */
@SpringBootTest(
    properties = {
      "langchain4j.open-ai.chat-model.api-key=${OPENAI_API_KEY}",
      "langchain4j.open-ai.chat-model.model-name=gemini-2.5-flash",
      "langchain4j.open-ai.embedding-model.api-key=${OPENAI_API_KEY}",
      "langchain4j.open-ai.embedding-model.model-name=gemini-embedding-001"
    })
class Langchain4jEnvTest {
  @EnableAutoConfiguration
  @SpringBootConfiguration
  static class Application {}

  @Autowired ChatModel chat;
  @Autowired EmbeddingModel embeddings;

  @Test
  void theChatModelFindsTheServer() {
    assertFalse(chat.chat("Hello").isEmpty());
  }

  @Test
  void theEmbeddingModelFindsTheServer() {
    assertEquals(3072, embeddings.embed("Hello").content().dimension());
  }

  @Test
  void geminiTakesTheUrlInCode() {
    ChatModel gemini =
        GoogleAiGeminiChatModel.builder()
            .baseUrl(System.getenv("GOOGLE_GEMINI_BASE_URL") + "/v1beta")
            .apiKey(System.getenv("GEMINI_API_KEY"))
            .modelName("gemini-2.5-flash")
            .build();
    assertFalse(gemini.chat("Hello").isEmpty());
  }
}
