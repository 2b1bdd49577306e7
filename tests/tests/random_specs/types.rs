//! Random models and enums, and values of their types.

use crate::names;
use crate::pick::Pick;

/// The list of an answer that has what became of each request.
pub(crate) const OUTCOMES: &str = "outcomes";

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Ty {
    String,
    Integer,
    Number,
    Boolean,
    DateTime,
    Date,
    Email,
    Url,
    Json,
    Id(String),
    List(Box<Ty>),
    Csv(Box<Ty>),
    Map(Box<Ty>),
    Model(usize),
    Enum(usize),
}

pub(crate) struct Model {
    pub(crate) name: String,
    pub(crate) fields: Vec<Field>,
}

pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) required: bool,
}

pub(crate) struct Enum {
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
}

/// What several parameters or fields are: its name, and what is said of it.
pub(crate) struct Shared {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) text: String,
}

/// Everything that is declared.
pub(crate) struct World {
    pub(crate) ids: Vec<String>,
    pub(crate) models: Vec<Model>,
    pub(crate) enums: Vec<Enum>,
    pub(crate) shared: Vec<Shared>,
}

impl World {
    pub(crate) fn of(pick: &mut Pick) -> Self {
        let mut ids: Vec<String> = (0..pick.between(1, 3)).map(|_| names::small(pick)).collect();
        ids.dedup();
        let enums = (0..pick.between(1, 3))
            .map(|_| Enum {
                name: names::camel(pick),
                values: (0..pick.between(1, 4)).map(|_| names::wire(pick)).collect(),
            })
            .collect();
        let mut world = World { ids, models: Vec::new(), enums, shared: Vec::new() };
        for _ in 0..pick.between(3, 7) {
            let fields = (0..pick.between(0, 6)).map(|_| Field {
                name: names::wire(pick),
                ty: world.ty(pick, 2),
                required: pick.once_in(5),
            });
            let fields = fields.collect();
            world.models.push(Model { name: names::camel(pick), fields });
        }
        world.add_pages(pick);
        for _ in 0..pick.between(0, 2) {
            let (name, ty) = (names::small(pick), world.ty(pick, 1));
            let text = format!("{{type: {}, about: What several share.}}", world.written(&ty));
            if world.shared.iter().all(|shared| shared.name != name) {
                world.shared.push(Shared { name, ty, text });
            }
        }
        world
    }

    /// Models that hold lists of others, some of them with the paging envelope.
    fn add_pages(&mut self, pick: &mut Pick) {
        let field = |name: &str, ty: Ty| Field { name: name.to_owned(), ty, required: false };
        let records = self.models.len();
        let fields = vec![field("totalRecords", Ty::Integer), field("cursor", Ty::String)];
        self.models.push(Model { name: "Records".to_owned(), fields });
        for _ in 0..3 {
            let mut fields = vec![field(&names::wire(pick), Ty::List(Box::new(Ty::Model(pick.below(records)))))];
            if pick.once_in(2) {
                fields.push(field("records", Ty::Model(records)));
            }
            if pick.once_in(2) {
                fields.push(field(&names::wire(pick), self.ty(pick, 1)));
            }
            self.models.push(Model { name: names::camel(pick), fields });
        }
        let outcome = self.models.len();
        let fields = vec![field("for", self.ty(pick, 0)), field("error", Ty::String)];
        self.models.push(Model { name: "Outcome".to_owned(), fields });
        let fields = vec![field(OUTCOMES, Ty::List(Box::new(Ty::Model(outcome))))];
        self.models.push(Model { name: "Outcomes".to_owned(), fields });
    }

    /// Any type; one that holds others so deep at most.
    pub(crate) fn ty(&self, pick: &mut Pick, deep: usize) -> Ty {
        match pick.below(if deep == 0 { 12 } else { 17 }) {
            0 => Ty::Integer,
            1 => Ty::Number,
            2 => Ty::Boolean,
            3 => Ty::DateTime,
            4 => Ty::Date,
            5 => Ty::Email,
            6 => Ty::Url,
            7 => Ty::Json,
            8 => Ty::Id(pick.from(&self.ids).unwrap().clone()),
            9 => Ty::Enum(pick.below(self.enums.len())),
            10 if !self.models.is_empty() => Ty::Model(pick.below(self.models.len())),
            12 | 13 => Ty::List(Box::new(self.ty(pick, deep - 1))),
            14 => Ty::Csv(Box::new(self.ty(pick, 0))),
            15 => Ty::Map(Box::new(self.ty(pick, deep - 1))),
            _ => Ty::String,
        }
    }

    pub(crate) fn written(&self, ty: &Ty) -> String {
        match ty {
            Ty::String => "string".to_owned(),
            Ty::Integer => "integer".to_owned(),
            Ty::Number => "number".to_owned(),
            Ty::Boolean => "boolean".to_owned(),
            Ty::DateTime => "date-time".to_owned(),
            Ty::Date => "date".to_owned(),
            Ty::Email => "email".to_owned(),
            Ty::Url => "url".to_owned(),
            Ty::Json => "json".to_owned(),
            Ty::Id(kind) => format!("id<{kind}>"),
            Ty::List(of) => format!("list<{}>", self.written(of)),
            Ty::Csv(of) => format!("csv<{}>", self.written(of)),
            Ty::Map(of) => format!("map<{}>", self.written(of)),
            Ty::Model(at) => self.models[*at].name.clone(),
            Ty::Enum(at) => self.enums[*at].name.clone(),
        }
    }

    /// A value of this type, in YAML on one line.
    pub(crate) fn value(&self, ty: &Ty) -> String {
        match ty {
            Ty::String => "\"a \\\"text\\\"\"".to_owned(),
            Ty::Integer => "7".to_owned(),
            Ty::Number => "1.5".to_owned(),
            Ty::Boolean => "true".to_owned(),
            Ty::DateTime => "\"2026-11-16T00:00:00+01:00\"".to_owned(),
            Ty::Date => "2026-11-23".to_owned(),
            Ty::Email => "dana@example.com".to_owned(),
            Ty::Url => "\"https://example.com/a\"".to_owned(),
            Ty::Json => "{a: [1, null, b]}".to_owned(),
            Ty::Id(_) => "\"77\"".to_owned(),
            Ty::List(of) => format!("[{}]", self.value(of)),
            Ty::Csv(of) => format!("'{}'", self.value(of).trim_matches('"').replace("\\\"", "").replace('\'', "''")),
            Ty::Map(of) => format!("{{some key: {}}}", self.value(of)),
            Ty::Model(at) => {
                let required = self.models[*at].fields.iter().filter(|field| field.required);
                let members = required.map(|field| format!("{}: {}", field.name, self.value(&field.ty)));
                format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
            }
            Ty::Enum(at) => self.enums[*at].values[0].clone(),
        }
    }

    /// The declarations of a model and an enum, each an entry of a file of types.
    pub(crate) fn declarations(&self, pick: &mut Pick) -> Vec<String> {
        let models = self.models.iter().map(|model| {
            let fields = model.fields.iter().map(|field| {
                let more = match pick.below(9) {
                    0 => ", always: true",
                    1 if matches!(field.ty, Ty::List(_)) => ", max_items: 3, unique: true",
                    1 if matches!(field.ty, Ty::Integer | Ty::Number) => ", min: 0",
                    1 if field.ty == Ty::String => ", min_length: 1",
                    2 => ", notice: The service has no place for it.",
                    _ => "",
                };
                let shared = self.shared.iter().find(|shared| shared.ty == field.ty).filter(|_| pick.once_in(2));
                if let Some(Shared { name, .. }) = shared.filter(|_| !field.required) {
                    return format!("    {}: {{shared: {name}, about: A field.}}\n", field.name);
                }
                let required = if field.required { ", required: true" } else { "" };
                let ty = self.written(&field.ty);
                format!("    {}: {{type: {ty}{required}{more}, about: A field.}}\n", field.name)
            });
            let fields: String = fields.collect();
            let fields = if fields.is_empty() { "  fields: {}\n".to_owned() } else { format!("  fields:\n{fields}") };
            format!("{}:\n  about: A model.\n{fields}", model.name)
        });
        let models: Vec<String> = models.collect();
        let enums = self.enums.iter().map(|one| {
            let values = one.values.iter().enumerate().map(|(at, value)| {
                let sends = if pick.once_in(4) {
                    format!("{{sends: sent {at}, about: A value.}}")
                } else {
                    "A value.".to_owned()
                };
                format!("    {value}: {sends}\n")
            });
            format!("{}:\n  about: An enum.\n  enum:\n{}", one.name, values.collect::<String>())
        });
        models.into_iter().chain(enums).collect()
    }
}
