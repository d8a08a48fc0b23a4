package mockgem;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.genai.Client;
import org.junit.jupiter.api.Test;

/** A client that is told nothing in code: {@code mockgem run -- mvn test -Dtest=EnvTest} tells it in the environment. */
class EnvTest {
  @Test
  void findsTheServer() {
    try (Client client = new Client()) {
      assertFalse(client.models.generateContent("gemini-2.5-flash", "Hello", null).text().isEmpty());
    }
  }
}
