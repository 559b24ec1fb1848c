package dev.manyfactor.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlScriptTests {

  @Test
  void statementsAreToldApartWhateverTheyHold() {
    String script =
        """
        -- a comment; with a semicolon
        create table a (text text default 'x;y''z'); /* another; /* nested; */ one */
        do $$ begin perform 1; end $$;
        create function f() returns int language plpgsql as $body$
          begin return 1; end
        $body$;
        create or replace function g(i int) returns int
          begin atomic select case i when 1 then 2 end; select 2; end;
        insert into a values ('?', E'\\';', "b;c" ?| array['d']);
        (select 1);
        create rule r as on insert to a do also (select 1; select 2);
        delete from a
        -- the end
        """;
    assertThat(SqlScript.split(script))
        .extracting(SqlScript.Part::firstWord)
        .containsExactly("create", "do", "create", "create", "insert", "", "create", "delete");
  }

  @Test
  void aPartKnowsWhereItStandsInTheText() {
    String script = "select 1;\n\n-- why\nselect 2 ;";
    SqlScript.Part second = SqlScript.split(script).get(1);
    assertThat(second.sql()).isEqualTo("select 2");
    assertThat(script.substring(second.offset())).isEqualTo("select 2 ;");
  }

  @Test
  void commentsAloneAreNoStatement() {
    assertThat(SqlScript.split("-- nothing\n;;/* here */\n")).isEmpty();
  }

  @Test
  void aQuoteThatIsNotClosedIsLeftToTheServer() {
    assertThat(SqlScript.split("select 'open; select 2")).isNotEmpty();
    assertThat(SqlScript.split("/* open; select 2")).isEmpty();
  }
}
