package pointsman.tablejob;

import pointsman.access.TierPolicy;
import pointsman.table.TableFormat;

/// What a client asked for, and what was true of the client then.
///
/// @param spec what is asked of every row
/// @param format how the table's bytes are to be read
/// @param policy how tiers are chosen
record TableRequest(TableSpec spec, TableFormat format, TierPolicy policy) {}
