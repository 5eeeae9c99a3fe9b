package io.github.upgradehandler.sample.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.sample.events.EventClient;
import io.github.upgradehandler.sample.events.EventServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chat as another client sees it on the wire. */
class RoomsHandlerTest {

  private EventServer server;
  private final List<EventClient> clients = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    server = new EventServer(new RoomsHandler());
  }

  @AfterEach
  void stop() throws Exception {
    clients.forEach(EventClient::close);
    server.close();
  }

  private EventClient connect(String name) throws Exception {
    EventClient client = new EventClient(URI.create(server.uri() + "?name=" + name));
    clients.add(client);
    assertThat(client.next()).isEqualTo(json("{'type':'welcome','data':{'name':'" + name + "'}}"));
    return client;
  }

  private EventClient joined(String name) throws Exception {
    EventClient client = connect(name);
    client.send(json("{'type':'join','id':1,'data':{'room':'lobby'}}"));
    await(client, json("{'type':'reply','id':1}")::equals);
    return client;
  }

  @Test
  void who_is_there_is_told_to_all() throws Exception {
    EventClient ann = joined("ann");
    joined("bob").close();
    String here = "{'type':'presence','data':{'room':'lobby','users':";
    await(ann, json(here + "['ann','bob'],'joined':'bob'}}")::equals);
    await(ann, json(here + "['ann'],'left':'bob'}}")::equals);
  }

  @Test
  void the_second_connection_of_a_user_is_no_news_but_is_told_who_is_there() throws Exception {
    EventClient ann = joined("ann");
    EventClient again = connect("ann");
    again.send(json("{'type':'join','id':1,'data':{'room':'lobby'}}"));
    await(again, json("{'type':'presence','data':{'room':'lobby','users':['ann']}}")::equals);
    joined("bob");
    String next = await(ann, text -> text.contains("joined") && !text.contains("\"ann\"}"));
    assertThat(next).contains("\"joined\":\"bob\"");
  }

  @Test
  void lines_reach_all_in_order_and_late_comers_get_them_once() throws Exception {
    EventClient ann = joined("ann");
    ann.send(json("{'type':'say','id':2,'data':{'room':'lobby','text':'one'}}"));
    ann.send(json("{'type':'say','id':3,'data':{'room':'lobby','text':'two'}}"));
    String one = await(ann, text -> text.contains("said"));
    String two = await(ann, text -> text.contains("said"));
    assertThat(one).contains("\"author\":\"ann\"", "\"text\":\"one\"");
    assertThat(two).contains("\"text\":\"two\"");
    assertThat(position(two).offset()).isEqualTo(position(one).offset() + 1);

    EventClient late = connect("late");
    late.send(json("{'type':'join','id':1,'data':{'room':'lobby'}}"));
    String lines =
        json("'position':'" + position(two) + "','lines':[") + data(one) + "," + data(two);
    assertThat(await(late, text -> text.contains("\"joined\",\"data"))).contains(lines + "]");

    EventClient back = connect("back");
    back.send(
        json("{'type':'join','id':1,'data':{'room':'lobby','seen':'" + position(one) + "'}}"));
    assertThat(await(back, text -> text.contains("said"))).isEqualTo(two);
  }

  @Test
  void of_many_lines_the_latest_are_kept() throws Exception {
    EventClient ann = joined("ann");
    for (int line = 1; line <= 60; line++) {
      ann.send(json("{'type':'say','data':{'room':'lobby','text':'line " + line + "'}}"));
    }
    await(ann, text -> text.contains("line 60"));
    EventClient late = connect("late");
    late.send(json("{'type':'join','id':1,'data':{'room':'lobby'}}"));
    assertThat(await(late, text -> text.contains("\"joined\",\"data")))
        .contains("\"line 11\"", "\"line 60\"")
        .doesNotContain("\"line 10\"");
  }

  @Test
  void all_lines_that_one_missed_come_also_when_they_are_many() throws Exception {
    EventClient ann = joined("ann");
    ann.send(json("{'type':'say','data':{'room':'lobby','text':'line 1'}}"));
    Position seen = position(await(ann, text -> text.contains("line 1")));
    for (int line = 2; line <= 60; line++) {
      ann.send(json("{'type':'say','data':{'room':'lobby','text':'line " + line + "'}}"));
    }
    await(ann, text -> text.contains("line 60"));
    EventClient back = connect("back");
    back.send(json("{'type':'join','id':1,'data':{'room':'lobby','seen':'" + seen + "'}}"));
    for (int line = 2; line <= 60; line++) {
      assertThat(await(back, text -> text.contains("said"))).contains("\"line " + line + "\"");
    }
  }

  @Test
  void who_comes_back_to_another_server_is_told_that_lines_are_lost_and_gets_the_latest()
      throws Exception {
    EventClient ann = joined("ann");
    ann.send(json("{'type':'say','id':2,'data':{'room':'lobby','text':'one'}}"));
    String one = await(ann, text -> text.contains("said"));
    EventClient back = connect("back");
    back.send(json("{'type':'join','id':1,'data':{'room':'lobby','seen':'elsewhere.7'}}"));
    assertThat(await(back, text -> text.contains("lost")))
        .isEqualTo(
            json("{'type':'lost','data':{'room':'lobby','reason':'UNKNOWN','position':'")
                + position(one)
                + json("','lines':[")
                + data(one)
                + "]}}");
  }

  @Test
  void a_line_that_comes_again_under_its_id_is_answered_again_and_said_once() throws Exception {
    EventClient ann = joined("ann");
    EventClient bob = joined("bob");
    say(ann, 2, "mine", "one");
    String answer = await(ann, text -> text.contains(json("'id':2")));
    say(ann, 3, "mine", "one");
    assertThat(await(ann, text -> text.contains(json("'id':3"))))
        .isEqualTo(answer.replace(json("'id':2"), json("'id':3")));
    say(ann, 4, "next", "two");
    assertThat(await(bob, text -> text.contains("said")))
        .contains(json("'author':'ann','id':'mine','text':'one'"));
    assertThat(await(bob, text -> text.contains("said"))).contains(json("'text':'two'"));
  }

  @Test
  void a_line_is_known_again_on_the_next_connection() throws Exception {
    EventClient bob = joined("bob");
    EventClient ann = joined("ann");
    say(ann, 2, "mine", "one");
    await(bob, text -> text.contains("said"));
    ann.close();
    await(bob, text -> text.contains("left"));
    EventClient again = joined("ann");
    say(again, 2, "mine", "one");
    say(again, 3, "next", "two");
    assertThat(await(bob, text -> text.contains("said"))).contains(json("'text':'two'"));
  }

  @Test
  void an_id_is_its_authors_own() throws Exception {
    EventClient ann = joined("ann");
    EventClient bob = joined("bob");
    say(ann, 2, "1", "of ann");
    assertThat(await(ann, text -> text.contains("said"))).contains("of ann");
    say(bob, 2, "1", "of bob");
    assertThat(await(ann, text -> text.contains("said"))).contains("of bob");
  }

  @Test
  void an_id_that_is_too_long_to_be_kept_is_refused() throws Exception {
    EventClient ann = joined("ann");
    String id = "x".repeat(65);
    refused(
        ann,
        "{'type':'say','id':9,'data':{'room':'lobby','text':'x','id':'" + id + "'}}",
        "an id has at most 64");
  }

  private static void say(EventClient client, int request, String id, String text)
      throws Exception {
    client.send(
        json(
            "{'type':'say','id':"
                + request
                + ",'data':{'room':'lobby','id':'"
                + id
                + "','text':'"
                + text
                + "'}}"));
  }

  /** As after a restart, when all pages come back together. */
  @Test
  void rooms_that_are_joined_and_left_at_once_do_not_wait_for_each_other() throws Exception {
    EventClient ann = connect("ann");
    EventClient bob = connect("bob");
    for (int i = 0; i < 300; i++) {
      for (String request : List.of("join", "leave")) {
        ann.send(json("{'type':'" + request + "','id':1,'data':{'room':'garden'}}"));
        bob.send(json("{'type':'" + request + "','id':1,'data':{'room':'lobby'}}"));
        await(ann, json("{'type':'reply','id':1}")::equals);
        await(bob, json("{'type':'reply','id':1}")::equals);
      }
    }
  }

  @Test
  void typing_is_told_to_the_others() throws Exception {
    EventClient ann = joined("ann");
    EventClient bob = joined("bob");
    ann.send(json("{'type':'typing','data':{'room':'lobby'}}"));
    await(bob, json("{'type':'typing','data':{'room':'lobby','user':'ann'}}")::equals);
  }

  @Test
  void what_cannot_be_done_is_an_error_and_the_connection_stays() throws Exception {
    EventClient ann = connect("ann");
    refused(ann, "{'type':'say','id':9,'data':{'room':'lobby','text':'x'}}", "not in that room");
    refused(ann, "{'type':'typing','id':9,'data':{}}", "not in that room");
    refused(ann, "{'type':'join','id':9,'data':{}}", "a room has a name of 1 to 24");
    refused(ann, "{'type':'join','id':9,'data':{'room':'<b>'}}", "a room has a name of 1 to 24");
    refused(ann, "{'type':'join','id':9,'data':{'room':'lobby','seen':'7'}}", "seen is a position");
    ann.send(json("{'type':'join','id':1,'data':{'room':'lobby'}}"));
    await(ann, json("{'type':'reply','id':1}")::equals);
    refused(ann, "{'type':'say','id':9,'data':{'room':'lobby','text':' '}}", "a line has 1 to");
    ann.send(json("{'type':'leave','id':2,'data':{'room':'lobby'}}"));
    await(ann, json("{'type':'reply','id':2}")::equals);
    refused(ann, "{'type':'leave','id':9,'data':{'room':'lobby'}}", "not in that room");
  }

  private static void refused(EventClient client, String request, String why) throws Exception {
    client.send(json(request));
    assertThat(await(client, text -> text.contains("\"id\":9")))
        .startsWith(json("{'type':'error','id':9,'data':{'message':'"))
        .contains(why);
  }

  /** Passes over what else is told. */
  private static String await(EventClient client, Predicate<String> wanted) throws Exception {
    String text = client.next();
    while (!wanted.test(text)) {
      text = client.next();
    }
    return text;
  }

  private static Position position(String said) {
    return Position.parse(said.replaceFirst(".*\"position\":\"([^\"]+)\".*", "$1")).orElseThrow();
  }

  private static String data(String event) {
    return event.substring(event.indexOf("\"data\":") + "\"data\":".length(), event.length() - 1);
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
