//! Which tools an agent is offered: what its host asked for, and what the account may do.

use gong_client::catalog::{self, Effect, Tool};

use crate::conversation;

/// What a host wants of all tools.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// These tools only, by name; none for all but those that are deprecated.
    pub tools: Vec<String>,
    /// Tools of these groups only; none for all.
    pub groups: Vec<String>,
    /// Only tools that read. It wins over all else.
    pub read_only: bool,
    /// Tools that remove something too. They are off unless they are asked for, here or by name in `tools`.
    pub destructive: bool,
    /// The scopes that the account was granted, if they are known.
    pub scopes: Option<Vec<String>>,
}

/// The tools that an agent is offered.
#[derive(Clone, Debug)]
pub struct Offer {
    tools: Vec<&'static Tool>,
    lacking: Vec<&'static str>,
    conversations: bool,
}

impl Offer {
    /// The tools of a selection.
    ///
    /// # Errors
    ///
    /// Every name that no tool or no group has.
    pub fn new(selection: &Selection) -> Result<Self, UnknownNames> {
        let tools = selection.tools.iter().filter(|name| *name != conversation::NAME);
        let tools = tools.filter_map(|name| catalog::tool(name).err().map(|error| error.to_string()));
        let groups = selection.groups.iter().filter_map(|name| no_group(name));
        let unknown: Vec<String> = tools.chain(groups).collect();
        if !unknown.is_empty() {
            return Err(UnknownNames(unknown));
        }
        let (mut tools, mut lacking) = (Vec::new(), Vec::new());
        for tool in catalog::tools().iter().copied().filter(|tool| selection.wants(tool)) {
            match selection.lacks(tool) {
                None => tools.push(tool),
                Some(scope) if lacking.contains(&scope) => {}
                Some(scope) => lacking.push(scope),
            }
        }
        Ok(Offer { tools, lacking, conversations: selection.is_among(conversation::NAME, conversation::GROUP) })
    }

    /// The tools, in the order of the catalog.
    #[must_use]
    pub fn tools(&self) -> &[&'static Tool] {
        &self.tools
    }

    /// The tool of this name, if it is offered.
    #[must_use]
    pub fn tool(&self, name: &str) -> Option<&'static Tool> {
        self.tools.iter().copied().find(|tool| tool.name == name)
    }

    /// Whether conversations are read too, by the one tool that is the server's own.
    #[must_use]
    pub fn has_conversations(&self) -> bool {
        self.conversations
    }

    /// The scopes for lack of which tools are left out.
    #[must_use]
    pub fn lacking(&self) -> &[&'static str] {
        &self.lacking
    }
}

impl Selection {
    fn is_among(&self, tool: &str, group: &str) -> bool {
        let everything = self.tools.is_empty() && self.groups.is_empty();
        everything || self.tools.iter().any(|name| name == tool) || self.groups.iter().any(|name| name == group)
    }

    fn wants(&self, tool: &Tool) -> bool {
        let is_named = self.tools.iter().any(|name| name == tool.name);
        self.is_among(tool.name, tool.group)
            && (!self.read_only || tool.effect == Effect::Read)
            && (tool.effect != Effect::Destructive || self.destructive || is_named)
            && (tool.deprecated.is_none() || is_named)
    }

    /// The scope for lack of which a tool cannot be called. One that can do with any of several needs one of them.
    fn lacks(&self, tool: &Tool) -> Option<&'static str> {
        let granted = self.scopes.as_ref()?;
        match tool.scopes {
            [] => None,
            scopes if scopes.iter().any(|scope| granted.iter().any(|one| one == scope)) => None,
            [first, ..] => Some(first),
        }
    }
}

/// Why there is no group of this name, if there is none.
fn no_group(name: &str) -> Option<String> {
    let groups = catalog::groups();
    (!groups.contains(&name)).then(|| format!("there is no group `{name}`; there are {}.", groups.join(", ")))
}

/// Names in a selection that nothing has, a sentence each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct UnknownNames(Vec<String>);
