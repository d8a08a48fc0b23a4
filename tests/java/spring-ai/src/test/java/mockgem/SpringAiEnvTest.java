package mockgem;

import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;

/** Spring AI, which reads its URL and its keys from variables that {@code mockgem run} sets. */
@SpringBootTest(
    properties = {
      "spring.ai.openai.chat.options.model=gemini-2.5-flash",
      "spring.ai.openai.chat.model=gemini-2.5-flash"
    })
class SpringAiEnvTest {
  @EnableAutoConfiguration
  @SpringBootConfiguration
  static class Application {}

  @Autowired OpenAiChatModel openai;
  @Autowired GoogleGenAiChatModel google;

  @Test
  void theOpenAiModelFindsTheServer() {
    assertFalse(openai.call("Hello").isEmpty());
  }

  @Test
  void theGoogleModelFindsTheServer() {
    assertFalse(google.call("Hello").isEmpty());
  }
}
