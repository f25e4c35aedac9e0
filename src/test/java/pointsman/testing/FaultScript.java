package pointsman.testing;

import java.io.IOException;

/// What an upstream with a [Fault] does with one call.
@FunctionalInterface
interface FaultScript {
    void answer(Speech speech) throws IOException, InterruptedException;

    static FaultScript of(Fault fault) {
        return switch (fault) {
            case HEALTHY -> FaultScripts::whole;
            case NO_PREFILL -> FaultScripts::withoutPrefill;
            case S01 -> FaultScripts::limitedAtFirst;
            case S02 -> speech -> speech.refuse(Complaint.LIMITED);
            case S03 -> speech -> FaultScripts.once(speech, () -> speech.refuse(Complaint.BROKEN));
            case S04, S16 -> speech -> speech.refuse(Complaint.DOWN);
            case S05 -> speech -> FaultScripts.once(speech, speech::reset);
            case S06 -> FaultScripts::silent;
            case S07 -> FaultScripts::late;
            case S08, S14 -> FaultScripts::cut;
            case S09 -> FaultScripts::stalled;
            case S10 -> FaultScripts::garbled;
            case S11 -> FaultScripts::unmarked;
            case S12 -> speech -> speech.refuse(Complaint.TOO_LONG);
            case S13 -> speech -> speech.refuse(Complaint.CONTENT);
            case S15 -> FaultScripts::downForAMinute;
            case X01 -> ProbeScripts::errorFirst;
            case X02 -> ProbeScripts::empty;
            case X03 -> ProbeScripts::roleThenCut;
            case X04 -> ProbeScripts::roleThenError;
            case X05 -> ProbeScripts::roleThenSilence;
            case X06 -> ProbeScripts::commentsForEver;
            case X07 -> ProbeScripts::commentThenCut;
            case X08 -> ProbeScripts::html;
            case X10 -> FaultScripts::downAtFirst;
            case X11 -> speech -> speech.refuse(Complaint.MODEL_GONE);
            case X12 -> speech -> speech.refuse(Complaint.TOO_SLOW);
            case X13 -> speech -> speech.refuse(Complaint.CONFLICT);
            case X14 -> speech -> speech.refuse(Complaint.TOO_LARGE);
            case X15 -> speech -> speech.refuse(Complaint.WRONG);
            case X16 -> ProbeScripts::tooLongForLlamaCpp;
        };
    }

    /// What happens to one call and to no other.
    @FunctionalInterface
    interface Once {
        void happen() throws IOException;
    }
}
