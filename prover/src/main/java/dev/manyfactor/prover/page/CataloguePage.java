package dev.manyfactor.prover.page;

import dev.manyfactor.factors.Factor;
import dev.manyfactor.factors.Level;
import dev.manyfactor.factors.Requirement;
import java.util.Set;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the requirements ask for, before anything is tried.
///
/// @param checked the ids that this version checks
public record CataloguePage(Set<String> checked) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// Copies the ids.
  public CataloguePage {
    checked = Set.copyOf(checked);
  }

  /// All of one requirement: sentence, level, how it is seen, what is shown, what guards against a
  /// false alarm, what to do.
  public String of(Requirement requirement, TerminalPage terminal) {
    Sheet sheet = new Sheet(terminal.width(), terminal.paint());
    Factor factor = requirement.factor();
    sheet.piece(Tone.HEADING, requirement.id());
    sheet.piece(" %s, factor %d".formatted(factor.title(), factor.number()));
    sheet.end();
    sheet.paragraph(2, requirement.sentence());
    sheet.gap();
    sheet.labelled(
        "level",
        requirement.level() == Level.MUST
            ? "MUST: it decides the exit code"
            : "SHOULD ◇: it is reported, and never decides the exit code");
    sheet.labelled("checked", checked.contains(requirement.id()) ? "yes" : "not in this version");
    sheet.labelled("seen by", requirement.observation());
    sheet.labelled("evidence", requirement.evidence());
    sheet.labelled("guard", requirement.guard());
    sheet.labelled("mend", requirement.remedy());
    sheet.labelled("read", requirement.page());
    if (checked.contains(requirement.id())) {
      sheet.command("try", "mf prove --only " + requirement.id());
    }
    return sheet.toString();
  }

  /// The same as a JSON object, ended by a line feed.
  public String json(Requirement requirement) {
    ObjectNode node = JSON.createObjectNode();
    write(requirement, node);
    return JSON.writeValueAsString(node) + "\n";
  }

  /// Every requirement in one line or two, those that this version does not check dimmed.
  public String list(TerminalPage terminal) {
    Sheet sheet = new Sheet(terminal.width(), terminal.paint());
    for (Factor factor : Factor.values()) {
      sheet.piece(Tone.HEADING, "%d %s".formatted(factor.number(), factor.title()));
      sheet.end();
      factor.requirements().forEach(requirement -> line(requirement, sheet));
    }
    return sheet.toString();
  }

  private void line(Requirement requirement, Sheet sheet) {
    boolean isChecked = checked.contains(requirement.id());
    String id = requirement.id() + (requirement.level() == Level.MUST ? "" : " ◇");
    sheet.labelled(
        id, isChecked ? requirement.sentence() : "(not in this version) " + requirement.sentence());
  }

  /// The same as a JSON array, ended by a line feed.
  public String listJson() {
    ArrayNode all = JSON.createArrayNode();
    Requirement.all().forEach(requirement -> write(requirement, all.addObject()));
    return JSON.writeValueAsString(all) + "\n";
  }

  private void write(Requirement requirement, ObjectNode node) {
    node.put("id", requirement.id())
        .put("factor", requirement.factor().number())
        .put("title", requirement.factor().title())
        .put("level", requirement.level().name())
        .put("checked", checked.contains(requirement.id()))
        .put("sentence", requirement.sentence())
        .put("observation", requirement.observation())
        .put("evidence", requirement.evidence())
        .put("guard", requirement.guard())
        .put("remedy", requirement.remedy())
        .put("page", requirement.page());
  }
}
