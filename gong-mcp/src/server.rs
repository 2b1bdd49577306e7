//! The protocol's side: what a host asks of a server, answered from a toolbox. The SDK knows the protocol's versions
//! and forms; it checks neither inputs nor answers, which the client's own checks do.

use std::sync::Arc;

use gong_client::catalog::{Effect, Tool};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ConstString, ContentBlock, CustomRequest, CustomResult,
    ErrorCode, GetPromptRequestParams, GetPromptResponse, Implementation, ListPromptsResult,
    ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig, SubscribeRequestMethod,
    SubscribeRequestParams, SubscriptionFilter, Tool as Listed, ToolAnnotations, UnsubscribeRequestMethod,
    UnsubscribeRequestParams,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use tokio::io::{AsyncRead, AsyncWrite};

use crate::elicitation::{self, Asked, Way};
use crate::progress::{Progress, watched};
use crate::toolbox::{Outcome, Toolbox};
use crate::{brief, conformance, conversation, discover, log, prompts, resources, structure};

/// A server for one agent: the tools of a [`Toolbox`], calls and transcripts as resources, and prompts.
#[derive(Clone, Debug)]
pub struct Server {
    toolbox: Arc<Toolbox>,
    list: Arc<[Listed]>,
    discovers: bool,
    has_fixtures: bool,
    log: log::Wanted,
}

/// Why a server ended.
#[derive(Debug, thiserror::Error)]
#[error("the server for agents ended: {0}")]
pub struct ServeError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl Server {
    /// A server that lists every tool of the toolbox.
    #[must_use]
    pub fn new(toolbox: Toolbox) -> Self {
        let (list, toolbox) = (list(&toolbox, false), Arc::new(toolbox));
        Server { toolbox, list, discovers: false, has_fixtures: false, log: log::Wanted::default() }
    }

    /// Lists three tools instead, by which all the others are found, described and called: a fraction of the tokens.
    #[must_use]
    pub fn discovering(mut self) -> Self {
        self.list = discover::listed().into();
        self.discovers = true;
        self
    }

    /// Lists the schemas of answers too. They cost more tokens than all else together.
    #[must_use]
    pub fn with_output_schemas(mut self) -> Self {
        if !self.discovers {
            self.list = list(&self.toolbox, true);
        }
        self
    }

    /// Adds what the protocol's conformance suite wants to find on a server, for tests by it.
    #[must_use]
    pub fn with_conformance_fixtures(mut self) -> Self {
        self.list = self.list.iter().cloned().chain(conformance::tools()).collect();
        self.has_fixtures = true;
        self
    }

    /// The tools as a host gets them, as JSON.
    #[must_use]
    pub fn list(&self) -> Value {
        // Names, texts and schemas: nothing of it can fail to be JSON.
        serde_json::to_value(&self.list).unwrap_or_default()
    }

    /// The same for another session, which wants its own of the log.
    pub(crate) fn for_session(&self) -> Self {
        Server { log: log::Wanted::default(), ..self.clone() }
    }

    /// The toolbox.
    pub(crate) fn toolbox(&self) -> Arc<Toolbox> {
        Arc::clone(&self.toolbox)
    }

    /// Serves a host over standard input and output, until it goes away.
    ///
    /// # Errors
    ///
    /// If the host does not speak the protocol.
    pub async fn serve_stdio(self) -> Result<(), ServeError> {
        let (input, output) = rmcp::transport::stdio();
        self.serve_lines(input, output).await
    }

    /// Serves a host that writes a message a line to `input` and reads its answers from `output`.
    ///
    /// # Errors
    ///
    /// If the host does not speak the protocol.
    pub async fn serve_lines(
        self,
        input: impl AsyncRead + Send + Unpin + 'static,
        output: impl AsyncWrite + Send + Unpin + 'static,
    ) -> Result<(), ServeError> {
        let running =
            self.serve((input, structure::Lines::new(output))).await.map_err(|error| ServeError(error.into()))?;
        running.waiting().await.map(|_| ()).map_err(|error| ServeError(error.into()))
    }

    /// What a host is told of the server as a whole.
    fn instructions(&self) -> String {
        let mut said = "Tools of Gong, which records and analyses conversations with customers. Every tool also takes \
                        _fields (a list of the answer's fields that you need), _skip and _max_tokens; one with a \
                        cursor takes _pages (how many pages to read, or \"all\": as many as fit). Instants are RFC \
                        3339 with an offset. Ids are texts of digits."
            .to_owned();
        let tools = self.toolbox.offer().tools().iter();
        let of_jobs: Vec<&str> = tools.filter(|tool| tool.job.is_some()).map(|tool| tool.name).collect();
        if !of_jobs.is_empty() {
            let names = of_jobs.join(" and ");
            said.push_str(&format!(
                " With _wait (true, or seconds) {names} wait until the job is done, for 50 seconds if not said."
            ));
        }
        let lacking = self.toolbox.offer().lacking();
        if !lacking.is_empty() {
            said.push_str(&format!(
                " Tools are left out for which this account lacks a scope: {}.",
                lacking.join(", ")
            ));
        }
        said
    }

    /// What succeeds where there are fixtures, and is not known elsewhere.
    fn for_fixtures<M: ConstString>(&self) -> Result<(), ErrorData> {
        if self.has_fixtures { Ok(()) } else { Err(ErrorData::method_not_found::<M>()) }
    }

    /// Calls a tool. If the user has to connect their account first, the host asks them to where it can.
    async fn answer(
        &self,
        request: CallToolRequestParams,
        context: &RequestContext<RoleServer>,
        progress: &Progress,
    ) -> Result<CallToolResponse, ErrorData> {
        if self.has_fixtures
            && let Some(answer) = conformance::call(&request, context, progress).await
        {
            return answer;
        }
        let CallToolRequestParams { name, arguments, input_responses, .. } = request;
        let arguments = arguments.unwrap_or_default();
        // Only an account of a store can want its user.
        let again = self.toolbox.account().connected_one().map(|_| arguments.clone());
        let outcome = self.call(&name, arguments, progress).await?;
        let link_and_way = outcome.link.as_ref().and_then(|link| Some((link, Way::of(context)?)));
        let (Some((link, way)), Some(arguments)) = (link_and_way, again) else {
            return Ok(CallToolResult::from(outcome).into());
        };
        let asked = match (way, input_responses) {
            (Way::Answer, None) => return Ok(elicitation::wanted(link).into()),
            (Way::Answer, Some(responses)) => elicitation::response(&responses),
            (Way::Request, _) => elicitation::ask(context, link).await,
        };
        let outcome = match (asked, way) {
            // The call came with the user's word, so it was made just now.
            (Asked::Accepted, Way::Answer) => Outcome::not_connected_yet(),
            (Asked::Accepted, Way::Request) => match self.call(&name, arguments, progress).await? {
                Outcome { link: Some(_), .. } => Outcome::not_connected_yet(),
                outcome => outcome,
            },
            (Asked::Declined, _) => Outcome::not_to_be_connected(),
            (Asked::Unknown, _) => outcome,
        };
        Ok(CallToolResult::from(outcome).into())
    }

    async fn call(&self, name: &str, arguments: Map<String, Value>, progress: &Progress) -> Result<Outcome, ErrorData> {
        if self.discovers
            && let Some(outcome) = discover::call(&self.toolbox, name, &arguments, progress).await
        {
            return Ok(outcome);
        }
        if name == conversation::NAME && self.toolbox.offer().has_conversations() {
            return Ok(conversation::call(&self.toolbox, &arguments).await);
        }
        match self.toolbox.offer().tool(name) {
            Some(tool) => Ok(self.toolbox.call_telling(tool, arguments, progress).await),
            None => Err(ErrorData::invalid_params(self.toolbox.no_such_tool(name), None)),
        }
    }
}

/// The tools that a host lists.
fn list(toolbox: &Toolbox, with_output: bool) -> Arc<[Listed]> {
    let offer = toolbox.offer();
    let own = offer.has_conversations().then(conversation::listed);
    offer.tools().iter().map(|tool| listed(tool, with_output)).chain(own).collect()
}

/// A tool as a host lists it.
pub(crate) fn listed(tool: &Tool, with_output: bool) -> Listed {
    let clause = brief::first_clause(tool.description);
    let described = match (tool.effect, tool.confirm) {
        (Effect::Destructive, Some(param)) => {
            format!("{clause}. Wants the user's word: _confirm with the {param} again")
        }
        (Effect::Destructive, None) => format!("{clause}. Wants the user's word: _confirm with the tool's name"),
        _ => clause.to_owned(),
    };
    let listed = Listed::new(tool.name, described, Arc::new(brief::input_schema(tool)))
        .with_title(tool.title)
        .with_annotations(annotations(tool.effect));
    if with_output { listed.with_raw_output_schema(Arc::new(brief::output_schema(tool))) } else { listed }
}

/// All four hints, as the protocol's defaults are the dangerous ones.
pub(crate) fn annotations(effect: Effect) -> ToolAnnotations {
    let reads = effect == Effect::Read;
    ToolAnnotations::new()
        .read_only(reads)
        .destructive(effect == Effect::Destructive)
        .idempotent(reads)
        .open_world(true)
}

impl From<Outcome> for CallToolResult {
    /// The answer twice, as the protocol has it: as JSON for programs, and as text for models.
    fn from(outcome: Outcome) -> Self {
        let make = if outcome.has_failed() { CallToolResult::error } else { CallToolResult::success };
        let structure = outcome.is_json.then(structure::mark);
        let mut result = make(vec![ContentBlock::text(outcome.text)]);
        result.structured_content = structure;
        result
    }
}

/// Why a request is none that the protocol knows: its method is not there, or its params are not what the method takes.
fn refuse(request: &CustomRequest) -> ErrorData {
    let fault = match request.method.as_str() {
        "tools/call" => fault::<CallToolRequestParams>(request),
        "prompts/get" => fault::<GetPromptRequestParams>(request),
        "resources/read" => fault::<ReadResourceRequestParams>(request),
        "tools/list" | "prompts/list" | "resources/list" | "resources/templates/list" => {
            fault::<PaginatedRequestParams>(request)
        }
        method => {
            let message = format!("there is no method `{method}` here.");
            return ErrorData::new(ErrorCode::METHOD_NOT_FOUND, message, None);
        }
    };
    let message = format!("the params of `{}` are not what the protocol has there: {fault}.", request.method);
    ErrorData::invalid_params(message, None)
}

fn fault<P: DeserializeOwned>(request: &CustomRequest) -> String {
    let params = request.params.clone().unwrap_or_default();
    serde_json::from_value::<P>(params)
        .err()
        .map_or_else(|| "they are of another type".to_owned(), |why| why.to_string())
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let mut capabilities = ServerCapabilities::builder().enable_tools().enable_resources().enable_prompts().build();
        capabilities.logging = Some(Default::default());
        if self.has_fixtures {
            conformance::enable(&mut capabilities);
        }
        ServerConfig::new(capabilities)
            .with_server_info(Implementation::new("gong", env!("CARGO_PKG_VERSION")))
            .with_instructions(self.instructions())
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.list.to_vec()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        watched(&context, &self.log, async |progress| self.answer(request, &context, &progress).await).await?
    }

    async fn on_custom_request(
        &self,
        request: CustomRequest,
        _: RequestContext<RoleServer>,
    ) -> Result<CustomResult, ErrorData> {
        Err(refuse(&request))
    }

    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        let fixtures = if self.has_fixtures { conformance::prompts() } else { Vec::new() };
        Ok(ListPromptsResult::with_all_items([prompts::listed(), fixtures].concat()))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        if self.has_fixtures
            && let Some(answer) = conformance::prompt(&request, &context).await
        {
            return answer;
        }
        prompts::get(&request.name, &request.arguments.unwrap_or_default()).map(Into::into)
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let fixtures = if self.has_fixtures { conformance::resources() } else { Vec::new() };
        Ok(ListResourcesResult::with_all_items([resources::listed(), fixtures].concat()))
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(ListResourceTemplatesResult::with_all_items(resources::templates()))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        if self.has_fixtures
            && let Some(found) = conformance::resource(&request.uri)
        {
            return Ok(found.into());
        }
        watched(&context, &self.log, async |_| resources::read(&self.toolbox, &request.uri).await)
            .await?
            .map(Into::into)
    }

    /// A tool whose input the transport compares with a request's headers, which only a fixture wants.
    fn get_tool(&self, name: &str) -> Option<Listed> {
        self.has_fixtures.then(|| self.list.iter().find(|tool| tool.name == name).cloned()).flatten()
    }

    #[allow(deprecated, reason = "the newest version advises against logging, and those before it have it")]
    async fn set_level(
        &self,
        request: rmcp::model::SetLevelRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.log.set(request.level);
        Ok(())
    }

    async fn subscribe(&self, _: SubscribeRequestParams, _: RequestContext<RoleServer>) -> Result<(), ErrorData> {
        self.for_fixtures::<SubscribeRequestMethod>()
    }

    async fn unsubscribe(&self, _: UnsubscribeRequestParams, _: RequestContext<RoleServer>) -> Result<(), ErrorData> {
        self.for_fixtures::<UnsubscribeRequestMethod>()
    }

    fn accepted_subscription_filter(&self, requested: &SubscriptionFilter) -> Option<SubscriptionFilter> {
        self.has_fixtures.then(|| requested.clone())
    }
}
