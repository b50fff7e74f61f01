package org.gonghui.access;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Reach;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Why somebody may do something at a place, or may not: told from their appointments, past and to come. */
@Service
public class Explanations {

    /** What an appointment is worth today. */
    public enum State {
        /** In force. */
        NOW,
        /** Over. */
        ENDED,
        /** Its first day is to come. */
        TO_COME,
        /** Its union has been dissolved: what was given there gives nothing. */
        DISSOLVED
    }

    /** An appointment, ended ones too; the place is where its union, or its estate, stands today. */
    public record Holding(
            Role role, UnionId union, UnionPath place, LocalDate from, Optional<LocalDate> to, State state) {

        boolean gives(Right right) {
            return role.rights().contains(right);
        }
    }

    /** Why not. */
    public enum Obstacle {
        /** The appointment that would give it is over. */
        ENDED,
        /** The appointment that gives it has not begun. */
        TO_COME,
        /** It would be given at a union that has been dissolved. */
        DISSOLVED,
        /** There is an appointment here, of a role that does not do this. */
        ROLE_LACKS,
        /** It is given for another part of the tree. */
        ELSEWHERE,
        /** No appointment gives it anywhere. */
        NONE
    }

    /**
     * The answer for one right.
     *
     * @param obstacle empty when it is given
     * @param by the appointment that gives it, or that the obstacle speaks of; empty for {@link Obstacle#NONE}
     */
    public record Verdict(Right right, Optional<Obstacle> obstacle, Optional<Holding> by) {
        public boolean may() {
            return obstacle.isEmpty();
        }
    }

    /** Somebody who signs in, as others see them. */
    public record Person(AccountId account, String login, String name) {}

    /** Who holds a role over a place; the names are only of those whose appointments the reader keeps. */
    public record Watch(Role role, UnionId union, UnionPath place, int people, List<String> names) {}

    private static final Comparator<Holding> NEAREST =
            Comparator.comparingInt((Holding holding) -> holding.place().depth());

    private final AppointmentStore store;
    private final AccountStore accounts;
    private final Clock clock;

    Explanations(AppointmentStore store, AccountStore accounts, Clock clock) {
        this.store = store;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Everything that an account holds, held, or will hold. */
    @Transactional(readOnly = true)
    public List<Holding> holdings(AccountId account) {
        return store.holdings(account, LocalDate.now(clock));
    }

    /** The staff member of this sign-in name, if any appointment of theirs, also one that is over, is the actor's to know. */
    @Transactional(readOnly = true)
    public Optional<Person> person(Actor actor, String login) {
        return accounts.account(SignIn.login(login))
                .filter(account -> !account.login().isEmpty())
                .flatMap(account -> person(actor, account.id()));
    }

    /** The same by account; everybody knows themselves. */
    @Transactional(readOnly = true)
    public Optional<Person> person(Actor actor, AccountId id) {
        Reach reach = actor.reach(Right.APPOINT);
        boolean isOwn = actor.account().filter(id::equals).isPresent();
        return accounts.account(id)
                .filter(account -> isOwn || holdings(id).stream().anyMatch(held -> reach.covers(held.place())))
                .map(account -> new Person(id, account.login(), account.name()));
    }

    /** The answer for a right at any of these places: one of them is enough. */
    public static Verdict explain(List<Holding> holdings, Right right, List<UnionPath> places) {
        List<Holding> here = holdings.stream()
                .filter(holding -> places.stream().anyMatch(holding.place()::covers))
                .toList();
        List<Holding> giving =
                here.stream().filter(holding -> holding.gives(right)).toList();
        Optional<Holding> given = nearest(giving, State.NOW);
        if (given.isPresent()) {
            return new Verdict(right, Optional.empty(), given);
        }
        return not(right, Obstacle.TO_COME, nearest(giving, State.TO_COME))
                .or(() -> not(right, Obstacle.DISSOLVED, nearest(giving, State.DISSOLVED)))
                .or(() -> not(right, Obstacle.ENDED, nearest(giving, State.ENDED)))
                .or(() -> not(right, Obstacle.ROLE_LACKS, nearest(here, State.NOW)))
                .or(() -> not(
                        right,
                        Obstacle.ELSEWHERE,
                        nearest(
                                holdings.stream()
                                        .filter(holding -> holding.gives(right))
                                        .toList(),
                                State.NOW)))
                .orElseGet(() -> new Verdict(right, Optional.of(Obstacle.NONE), Optional.empty()));
    }

    private static Optional<Verdict> not(Right right, Obstacle obstacle, Optional<Holding> by) {
        return by.map(holding -> new Verdict(right, Optional.of(obstacle), by));
    }

    /** Of several, the one whose union is nearest to the place; of the same, the one that began last. */
    private static Optional<Holding> nearest(List<Holding> holdings, State state) {
        return holdings.stream().filter(holding -> holding.state() == state).max(NEAREST.thenComparing(Holding::from));
    }

    /** Who may do this at one of these places today: by role and union, those above first. */
    @Transactional(readOnly = true)
    public List<Watch> watching(Actor actor, Right right, List<UnionPath> places) {
        return store.watching(Role.with(right), places, actor.reach(Right.APPOINT), LocalDate.now(clock));
    }
}
