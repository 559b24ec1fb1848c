// Generated from notes.openapi.yaml; change it there.
package example.notes;

import dev.manyfactor.json.Choice;

/// What a note looks like.
public enum Colour {
  YELLOW("yellow"),
  LIGHT_BLUE("light_blue");

  /// How it is read and written as JSON, and as a parameter.
  public static final Choice<Colour> CODEC = Choice.of(values(), Colour::text);

  private final String text;

  Colour(String text) {
    this.text = text;
  }

  /// The text that the contract has for it.
  public String text() {
    return text;
  }
}
