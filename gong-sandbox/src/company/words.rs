//! The vocabulary that the company is made of.

pub(super) const FIRST_NAMES: [&str; 50] = [
    "Adaeze", "Amir", "Anouk", "Bence", "Bianca", "Caleb", "Chiara", "Daiki", "Delphine", "Dmitri", "Elif", "Emeka",
    "Esther", "Farid", "Fiona", "Gael", "Greta", "Hana", "Hugo", "Imani", "Ingrid", "Ivo", "Jasper", "Jonas", "Kavya",
    "Keira", "Lars", "Leila", "Luca", "Maren", "Mateo", "Mina", "Nadia", "Nils", "Odette", "Omar", "Petra", "Priya",
    "Quentin", "Rasmus", "Rosa", "Selma", "Stefan", "Tamar", "Theo", "Uma", "Viktor", "Wren", "Yara", "Zeno",
];

pub(super) const LAST_NAMES: [&str; 50] = [
    "Abara",
    "Almeida",
    "Aoki",
    "Barros",
    "Bergman",
    "Castell",
    "Chandra",
    "Cordova",
    "Dahl",
    "Demir",
    "Duarte",
    "Eklund",
    "Farrow",
    "Fontaine",
    "Galvan",
    "Greene",
    "Haddad",
    "Hartmann",
    "Ibarra",
    "Jansen",
    "Kaplan",
    "Keller",
    "Kimura",
    "Kovacs",
    "Lindqvist",
    "Lopes",
    "Malik",
    "Marchetti",
    "Mbeki",
    "Moreau",
    "Nakata",
    "Novak",
    "Okafor",
    "Olsen",
    "Pereira",
    "Quist",
    "Rahman",
    "Reyes",
    "Rossi",
    "Sandoval",
    "Sato",
    "Silva",
    "Soler",
    "Tanaka",
    "Teller",
    "Ueda",
    "Varga",
    "Weiss",
    "Yilmaz",
    "Zhang",
];

pub(super) const REP_TITLES: [&str; 6] = [
    "Account Executive",
    "Senior Account Executive",
    "Sales Development Representative",
    "Customer Success Manager",
    "Solutions Engineer",
    "Account Manager",
];

pub(super) const BUYER_TITLES: [&str; 8] = [
    "Head of Procurement",
    "Operations Manager",
    "VP Finance",
    "IT Director",
    "Plant Manager",
    "Chief of Staff",
    "Revenue Operations Lead",
    "Logistics Coordinator",
];

pub(super) const ACCOUNT_FIRST: [&str; 10] =
    ["Amber", "Basalt", "Cobalt", "Drift", "Ember", "Fjord", "Granite", "Harbor", "Juniper", "Kestrel"];

pub(super) const ACCOUNT_SECOND: [&str; 6] = ["Foods", "Freight", "Health", "Labs", "Robotics", "Textiles"];

pub(super) const INDUSTRIES: [&str; 5] = ["Manufacturing", "Retail", "Healthcare", "Transport", "Software"];

pub(super) const CALL_KINDS: [&str; 8] = [
    "Discovery call",
    "Product walkthrough",
    "Pricing review",
    "Pilot check-in",
    "Security questions",
    "Renewal planning",
    "Onboarding kickoff",
    "Contract details",
];

/// What is talked about, in the order in which a call usually gets to it. The lines of a topic follow
/// one another.
pub(super) const TOPICS: [(&str, [&str; 12]); 6] = [
    (
        "Small Talk",
        [
            "Good to see you again.",
            "How was the trip back home?",
            "The weather finally turned over here.",
            "Thanks for making the time today.",
            "I hope the office move went well.",
            "We can start as soon as everybody has joined.",
            "It has been a busy week on our side.",
            "Let me close the door, one moment.",
            "Did you find the new building without trouble?",
            "We did, the sign at the gate helped a lot.",
            "Has anybody heard from the second site?",
            "They dialed in a minute ago, so we are complete.",
        ],
    ),
    (
        "Current Process",
        [
            "Right now we keep all of it in three spreadsheets.",
            "Each site orders on its own, and nobody sees the total.",
            "The monthly report takes one person two full days.",
            "Where do the numbers get lost on the way?",
            "Mostly between the warehouse and the finance team.",
            "Who else is touched when an order is late?",
            "We tried to script it once, but the person who wrote it left.",
            "So the first thing to fix is that nobody trusts the totals.",
            "How many orders go through in an ordinary week?",
            "About four hundred, twice that before the holidays.",
            "And how many of those need a phone call?",
            "One in ten, which is where the evenings go.",
        ],
    ),
    (
        "Product",
        [
            "Let me share my screen and walk you through one order.",
            "Every change is kept, so you can always see who moved what.",
            "Can we bring in the orders we already have?",
            "Yes, a plain file is enough to begin with.",
            "How does it behave when the connection drops?",
            "It queues the change and sends it when the line is back.",
            "That would have saved us an evening last month.",
            "The alerts go to a channel or to a mailbox, whichever you prefer.",
            "Who would set this up on our side?",
            "Anybody who can fill in a form, it takes an afternoon.",
            "Could we see the view for a plant manager?",
            "Of course, this is what they find in the morning.",
        ],
    ),
    (
        "Security",
        [
            "Our security team will want to know where the data lives.",
            "It stays in the region you pick when you sign up.",
            "Do you support single sign-on with our directory?",
            "We do, and roles can follow your groups.",
            "I would need the last audit letter before Friday.",
            "I will send it over right after this call.",
            "Who can read our records on your side?",
            "Nobody without a ticket that you approved.",
            "How long do you keep the records?",
            "For as long as you say, ninety days unless you change it.",
            "And what happens when we leave?",
            "You get a full export, and we delete the rest within a month.",
        ],
    ),
    (
        "Pricing",
        [
            "What does it cost for two hundred seats?",
            "The price depends on sites rather than on seats.",
            "The budget for this quarter is already spoken for.",
            "We could start with two sites and grow from there.",
            "Is there a discount if we commit for two years?",
            "There is, and I can put both options side by side.",
            "Another vendor quoted us less, to be open about it.",
            "I would rather compare what is included than the headline.",
            "Does the price include the setup?",
            "Setup is included, training on site is not.",
            "What if we need a third site in spring?",
            "Then the same rate applies, it is in the draft.",
        ],
    ),
    (
        "Next Steps",
        [
            "Let us agree on what happens after today.",
            "I will send the summary and the draft this afternoon.",
            "We need a week to go through it with finance.",
            "Then Thursday next week would suit me.",
            "Please invite our plant manager as well.",
            "I will set up a trial space for your team.",
            "If anything is unclear, just write to me.",
            "Thank you all, this was a good hour.",
            "Who signs on your side when it comes to that?",
            "Our head of finance, but she will want my word first.",
            "Then let us give you a page she can read in five minutes.",
            "Perfect, talk to you then.",
        ],
    ),
];

pub(super) const FLOW_NAMES: [&str; 9] = [
    "New lead welcome",
    "Trade fair follow-up",
    "Trial ends soon",
    "Renewal in ninety days",
    "Quiet account wake-up",
    "Webinar guests",
    "Partner introductions",
    "Second site offer",
    "Lost deal revisit",
];

pub(super) const KEYWORDS: [(&str, &[&str]); 6] = [
    ("Competitors", &["another vendor", "the other tool"]),
    ("Budget", &["budget", "this quarter"]),
    ("Discounts", &["discount", "commit"]),
    ("Security review", &["audit", "single sign-on"]),
    ("Next meeting", &["next week", "set up"]),
    ("Spreadsheets", &["spreadsheets"]),
];
