package org.gonghui.layout;

import org.gonghui.kernel.Actor;

/** The number beside the bell on every page. Whoever keeps inboxes is the bean. */
public interface Bell {

    /** How many notices the actor has not had before their eyes; 0 for someone who has not signed in. */
    int unread(Actor actor);
}
