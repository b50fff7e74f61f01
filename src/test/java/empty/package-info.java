/** An application without anything of its own; outside the platform's packages, where nothing of it is found by mistake. */
@NullMarked
package empty;

import org.jspecify.annotations.NullMarked;
