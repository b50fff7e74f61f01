package org.gonghui.support;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.env.Environment;

/** Whoever visits the test city over real HTTP. */
public final class Visitors {

    private final Environment environment;
    private final Map<String, String> sessions = new ConcurrentHashMap<>();

    Visitors(Environment environment) {
        this.environment = environment;
    }

    /** Someone who has not signed in. */
    public Visitor fresh() {
        return new Visitor("http://localhost:" + environment.getRequiredProperty("local.server.port"));
    }

    /**
     * One of the demonstration's people, in the session of the test before if it lasts: a second factor's code counts
     * once, and every test would wait for the next.
     */
    public Visitor signedIn(String login) {
        String session = sessions.computeIfAbsent(login, this::begin);
        if (fresh().goOnIn(session).get("/me").statusCode() != 200) {
            session = begin(login);
            sessions.put(login, session);
        }
        return fresh().goOnIn(session);
    }

    private String begin(String login) {
        return fresh().signIn(login).session();
    }
}
