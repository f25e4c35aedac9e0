package pointsman.tablejob;

import pointsman.access.Tenant;
import pointsman.table.TableFormat;

/// What a client asked for, and what was true of the client then.
///
/// @param spec what is asked of every row
/// @param format how the table's bytes are to be read
/// @param tenant who asks, under the policy and the route that count for every row
record TableRequest(TableSpec spec, TableFormat format, Tenant tenant) {}
