package mockgem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.types.HttpOptions;
import org.junit.jupiter.api.Test;

class WeatherTest {
  private final World world = new World(); // JUnit makes an object for each test, so each has a world

  private String ask() {
    var options = HttpOptions.builder().baseUrl(world.url).build();
    try (Client client = Client.builder().apiKey("any-key").httpOptions(options).build()) {
      return client.models.generateContent("gemini-2.5-flash", "How is the weather?", null).text();
    }
  }

  @Test
  void aReplyAppliesOnce() {
    world.say("Sunny");
    assertEquals("Sunny", ask());
    assertNotEquals("Sunny", ask());
  }

  @Test
  void aFailureAndWhatWasSent() {
    world.fail(400);
    assertThrows(ApiException.class, this::ask);
    assertEquals(400, world.journal().get(0).get("status").asInt());
    assertTrue(world.journal().get(0).get("request").get("body").asText().contains("weather"));
  }

  @Test
  void theVerdictOfAScenario() {
    world.runScenario("internal-error-once");
    ask(); // Google's SDK for Java retries
    assertTrue(world.verdict().get("pass").asBoolean());
  }

  @Test
  void aMisspelledScenario() {
    var error = assertThrows(IllegalArgumentException.class, () -> world.runScenario("overlaoded"));
    assertTrue(error.getMessage().contains("did you mean overloaded"));
  }
}
