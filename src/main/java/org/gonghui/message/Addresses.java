package org.gonghui.message;

import java.util.Optional;
import org.gonghui.kernel.AccountId;
import org.gonghui.kernel.MessageGateway.Way;

/** Where a person is reached now. Whoever keeps phones and addresses is the bean. */
public interface Addresses {

    /** The phone or address; empty when the person has none, or none that was proved. */
    Optional<String> of(AccountId account, Way way);
}
