package org.gonghui.org;

import java.time.Clock;
import java.time.LocalDate;
import org.gonghui.audit.Audit;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.gonghui.kernel.UnionPath;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Founds a union below another (建会): the last step of the road from prospect to union, and the staff's own form. */
@Component
class FoundUnion {

    private final Places places;
    private final UnionStore store;
    private final Tree tree;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    FoundUnion(Places places, UnionStore store, Tree tree, Audit audit, ApplicationEventPublisher events, Clock clock) {
        this.places = places;
        this.store = store;
        this.tree = tree;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    UnionId found(Actor actor, UnionId below, UnionId proposed, Unions.Founding typed) {
        var input = new Input();
        FoundingRules.Founding founding = FoundingRules.read(input, typed);
        String name = founding.name();
        boolean withIndustry = !CleanText.line(typed.industry()).isEmpty();
        UnionId industry = new UnionId(withIndustry ? input.id("industry", typed.industry()) : proposed.value());
        input.check();

        places.hold();
        // The superior's row stays locked to the end: two foundings below it happen one after the other.
        UnionStore.Locked superior = store.lock(below, actor.reach(Right.UNION_FOUND))
                .orElseThrow(() -> new Refused(UnionRefusal.NO_SUCH_UNION));
        if (store.exists(proposed)) {
            return alreadyFounded(actor, below, proposed, name);
        }
        FoundingRules.checkDay(input, founding, superior.foundedOn(), LocalDate.now(clock));
        if (withIndustry && !isIndustry(industry)) {
            input.fault("industry", "no-such-choice");
        }
        input.check();
        FoundingRules.refusal(founding.kind(), superior.kind(), superior.path().depth())
                .ifPresent(why -> {
                    throw new Refused(why);
                });
        if (store.nameTakenBelow(below, name, proposed)) {
            throw new Refused(UnionRefusal.NAME_TAKEN, name);
        }

        UnionPath path = superior.path().child(store.nextChildNumber(below));
        if (!store.insertUnion(proposed, founding.kind(), false, founding.foundedOn())) {
            throw new Refused(UnionRefusal.FORM_USED_BEFORE); // at the same moment, below another union
        }
        store.insertName(proposed, name, founding.shortName(), founding.foundedOn());
        store.insertPlacement(proposed, below, path, founding.foundedOn());
        if (withIndustry) {
            store.insertAffiliation(proposed, industry, founding.foundedOn());
        }
        audit.record(
                actor,
                "org.found",
                proposed.value(),
                path,
                Audit.facts(
                        "name",
                        name,
                        "kind",
                        founding.kind().name(),
                        "foundedOn",
                        founding.foundedOn().toString()));
        tree.changed();
        events.publishEvent(new UnionFounded(proposed, founding.kind(), founding.foundedOn()));
        return proposed;
    }

    private boolean isIndustry(UnionId id) {
        return tree.today().find(id).stream().anyMatch(union -> union.kind() == UnionKind.INDUSTRY_UNION);
    }

    /** The form was sent twice. The same words again are the same founding; other words are a form that was reused. */
    private UnionId alreadyFounded(Actor actor, UnionId below, UnionId proposed, String name) {
        boolean same = store.parentOf(proposed).filter(below::equals).isPresent()
                && store.names(proposed).getLast().name().equals(name)
                && store.own(proposed, actor.reach(Right.UNION_FOUND)).isPresent();
        if (!same) {
            throw new Refused(UnionRefusal.FORM_USED_BEFORE);
        }
        return proposed;
    }
}
