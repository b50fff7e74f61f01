package org.gonghui.kernel;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who asks: an argument of every read and every write, never ambient. Holds what the account's appointments grant
 * today.
 *
 * @param account empty for someone who has not signed in, and for the platform itself
 * @param name as shown in the history of records
 * @param grants rights, each over a part of the tree
 */
public record Actor(Optional<AccountId> account, String name, List<Grant> grants) {

    /** One appointment's rights over the subtree at a path. */
    public record Grant(Set<Right> rights, UnionPath over) {
        public Grant {
            rights = Set.copyOf(rights);
        }
    }

    private static final Actor NOBODY = new Actor(Optional.empty(), "", List.of());

    public Actor {
        grants = List.copyOf(grants);
    }

    /** Someone who has not signed in: reaches nothing. */
    public static Actor nobody() {
        return NOBODY;
    }

    /** The platform's own work (set-up, generated cities), over the whole tree; named in the audit trail. */
    public static Actor platform(String name) {
        return new Actor(Optional.empty(), name, List.of(new Grant(Set.of(Right.values()), UnionPath.root())));
    }

    public boolean isSignedIn() {
        return account.isPresent();
    }

    /** True when the right is held over any part of the tree, or is open to this actor without an appointment. */
    public boolean may(Right right) {
        return switch (right) {
            case PUBLIC, DEVELOPMENT -> true;
            case SIGNED_IN -> isSignedIn();
            default -> grants.stream().anyMatch(grant -> grant.rights().contains(right));
        };
    }

    /** The rights held over any part of the tree. */
    public Set<Right> rights() {
        return grants.stream().flatMap(grant -> grant.rights().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Someone with the same rights, whoever it is. */
    public Actor unnamed() {
        return new Actor(Optional.empty(), "", grants);
    }

    /** The parts of the tree over which this actor holds the right. */
    public Reach reach(Right right) {
        return new Reach(grants.stream()
                .filter(grant -> grant.rights().contains(right))
                .map(Grant::over)
                .distinct()
                .sorted()
                .toList());
    }
}
