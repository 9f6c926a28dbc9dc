//! What the API document says of what forms send by mail.

use web::Operation;

use crate::notices::{
    input::{RespondentChange, TeamChange},
    json::{NoticesJson, PreviewJson, PreviewRequest, RespondentJson, TeamJson},
};

const NOTICES: &str = "Notices";

pub(crate) fn show() -> Operation {
    Operation::new(NOTICES, "Show what a form sends by mail").reply::<NoticesJson>(
        200,
        "The mail to the team and the answer to a respondent, and what their texts may name.",
    )
}

pub(crate) fn team() -> Operation {
    Operation::new(NOTICES, "Change the mail to the team")
        .describe(
            "It is about submissions that come in after it was switched on. Above `hourly_cap` mails an hour, \
             what comes in is told of in one mail at the end of the hour, so that nothing is left out.",
        )
        .body::<TeamChange>()
        .reply::<TeamJson>(200, "As it is now.")
        .problem(409, "The workspace writes to too many addresses beyond its members.")
}

pub(crate) fn respondent() -> Operation {
    Operation::new(NOTICES, "Change the answer to a respondent")
        .describe(
            "One mail a submission that comes in after it was switched on, to the address in it; at most three \
             an hour to one address, from all forms of the workspace.",
        )
        .body::<RespondentChange>()
        .reply::<RespondentJson>(200, "As it is now.")
}

pub(crate) fn preview() -> Operation {
    Operation::new(NOTICES, "Look at a mail before it is saved")
        .describe("Made of the newest submission, or of answers that are made up. Nothing is kept or sent.")
        .body::<PreviewRequest>()
        .reply::<PreviewJson>(200, "The mail.")
}
