# Runs the command for as long as our standard input is held open by whoever started us.
exec 3<&0
"$@" 3<&- </dev/null &
engine=$!
(cat <&3 >/dev/null; kill "$engine") 2>/dev/null &
trap 'kill "$engine"' TERM
wait "$engine"
exit $?
