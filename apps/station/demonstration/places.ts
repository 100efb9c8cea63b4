// Says what people, streets and documents look like in the twelve countries the customers come from.

/** What a customer of one country is made of. Names are `native=latin` where the script is not Latin. */
export interface Place {
  /** ISO 3166 code. */
  readonly country: string;
  readonly script: string;
  /** How many natural persons of the demonstration come from here. */
  readonly people: number;
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** Town and post code; `#` is a digit. */
  readonly towns: readonly string[];
  readonly streets: readonly string[];
  readonly phone: string;
  /** Pattern of an identity card or passport number. */
  readonly document: string;
}

const list = (text: string): readonly string[] =>
  Object.freeze(text.split(',').map((each) => each.trim()));

interface Sketch {
  readonly people: number;
  readonly given: string;
  readonly family: string;
  readonly towns: string;
  readonly streets: string;
  readonly phone: string;
  readonly document: string;
}

const place = (country: string, script: string, sketch: Sketch): Place =>
  Object.freeze({
    country,
    script,
    people: sketch.people,
    phone: sketch.phone,
    document: sketch.document,
    given: list(sketch.given),
    family: list(sketch.family),
    towns: list(sketch.towns),
    streets: list(sketch.streets),
  });

/** Where the branch stands; foreigners who live here have an address from this list. */
export const home = place('DE', 'Latin', {
  people: 92,
  given: `Anna, Lukas, Sophie, Maximilian, Emma, Felix, Hannah, Paul, Lena, Jan, Katharina, Florian, Ursula,
    Günter, Renate, Dieter, Monika, Wolfgang, Jürgen, Brigitte, Käthe, Björn, Silke, Torsten, Heike, Matthias`,
  family: `Müller, Schmidt, Schneider, Fischer, Weber, Meyer, Wagner, Becker, Schulz, Hoffmann, Schäfer, Koch,
    Bauer, Richter, Klein, Wolf, Schröder, Neumann, Schwarz, Zimmermann, Braun, Krüger, Hofmann, Lange, Groß,
    Böhm, Vogel, Jäger, Otto, Sommer, Haas, Graf, Dietrich, Ziegler, Kuhn, Pohl, Horn, Busch, Bergmann`,
  towns: `Frankfurt am Main 60###, Frankfurt am Main 60###, Frankfurt am Main 60###, Offenbach am Main 6306#,
    Hanau 6345#, Bad Homburg 6135#, Eschborn 65760, Neu-Isenburg 63263`,
  streets: `Uferstraße, Mainkai, Brückenstraße, Schweizer Straße, Hanauer Landstraße, Berger Straße, Gartenweg,
    Schillerstraße, Bahnhofstraße, Lindenallee, Kirchgasse, Am Mühlbach, Rosenweg, Goetheplatz`,
  phone: '+49 69 90009 ###',
  document: 'L########',
});

const western: readonly Place[] = [
  place('FR', 'Latin', {
    people: 18,
    given: 'Camille, Léa, Hugo, Chloé, Gabriel, Manon, Théo, Inès, Étienne, Margaux, Benoît, Zoé',
    family:
      'Martin, Bernard, Dubois, Lefèvre, Moreau, Girard, Rousseau, Faure, Garnier, Chevalier, Noël',
    towns: 'Strasbourg 67000, Lyon 6900#, Metz 57000, Paris 7501#',
    streets:
      'rue de la République, avenue des Vosges, quai des Bateliers, rue du Moulin, place Kléber',
    phone: '+33 1 99 00 ## ##',
    document: '##??#####',
  }),
  place('ES', 'Latin', {
    people: 14,
    given: 'Lucía, Hugo, Martín, Sofía, Julia, Álvaro, Íñigo, Carmen, Pilar, Begoña, Raúl, Nuria',
    family:
      'García López, Núñez Ortega, Muñoz Ruiz, Peña Vidal, Ibáñez Soto, Castro Gil, Sáez Mora, Romero',
    towns: 'Madrid 280##, Barcelona 080##, Valencia 460##, Bilbao 4800#',
    streets: 'calle Mayor, avenida del Puerto, calle de la Ribera, paseo de Gracia, plaza Nueva',
    phone: '+34 910 555 ###',
    document: '########?',
  }),
  place('PL', 'Latin', {
    people: 14,
    given:
      'Zofia, Jakub, Małgorzata, Paweł, Agnieszka, Łukasz, Katarzyna, Wojciech, Żaneta, Michał',
    family:
      'Nowak, Kowalska, Wiśniewski, Wójcik, Kamińska, Lewandowski, Zieliński, Szymańska, Dąbrowski',
    towns: 'Wrocław 50-###, Poznań 60-###, Kraków 30-###',
    streets: 'ulica Długa, ulica Nadrzeczna, aleja Lipowa, plac Wolności, ulica Młyńska',
    phone: '+48 22 555 ## ##',
    document: '???######',
  }),
  place('US', 'Latin', {
    people: 8,
    given: 'Emily, Michael, Jessica, Christopher, Ashley, Joshua, Olivia, Ethan, Grace, Tyler',
    family: 'Johnson, Williams, Brown, Davis, Miller, Wilson, Anderson, Thompson, Harris, Clark',
    towns: 'New York 100##, Boston 021##, Chicago 606##, Austin 787##',
    streets: 'Riverside Drive, Maple Street, Oak Avenue, Second Avenue, Lake Shore Drive',
    phone: '+1 212 555 01##',
    document: '#########',
  }),
];

const eastern: readonly Place[] = [
  place('GR', 'Greek', {
    people: 14,
    given: `Γιώργος=Giorgos, Μαρία=Maria, Ελένη=Eleni, Νίκος=Nikos, Κατερίνα=Katerina, Δημήτρης=Dimitris,
      Σοφία=Sofia, Ιωάννης=Ioannis, Αγγελική=Angeliki, Θανάσης=Thanasis`,
    family: `Παπαδόπουλος=Papadopoulos, Νικολάου=Nikolaou, Γεωργίου=Georgiou, Οικονόμου=Oikonomou,
      Αλεξίου=Alexiou, Ξενάκης=Xenakis, Ψαρράς=Psarras, Χατζής=Chatzis`,
    towns: 'Athens 10###, Thessaloniki 54###, Patras 26###',
    streets: 'Ermou, Egnatia, Tsimiski, Akti Dymaion, Odos Athinas',
    phone: '+30 21 0555 ####',
    document: '?? ######',
  }),
  place('UA', 'Cyrillic', {
    people: 12,
    given: `Олена=Olena, Андрій=Andrii, Наталія=Nataliia, Юрій=Yurii, Світлана=Svitlana, Тарас=Taras,
      Ірина=Iryna, Богдан=Bohdan, Євген=Yevhen, Оксана=Oksana`,
    family: `Шевченко=Shevchenko, Коваленко=Kovalenko, Бондаренко=Bondarenko, Ткачук=Tkachuk,
      Кравець=Kravets, Мельник=Melnyk, Поліщук=Polishchuk, Гончар=Honchar`,
    towns: 'Kyiv 01###, Lviv 79###, Odesa 65###',
    streets: 'vulytsia Khreshchatyk, vulytsia Sadova, prospekt Svobody, vulytsia Naberezhna',
    phone: '+380 44 555 ####',
    document: '??######',
  }),
  place('KW', 'Arabic', {
    people: 10,
    given: `محمد=Mohammed, فاطمة=Fatima, عبدالله=Abdullah, مريم=Maryam, يوسف=Yousef, نورة=Noura,
      خالد=Khaled, سارة=Sara, أحمد=Ahmed, دلال=Dalal`,
    family: `العنزي=Al-Enezi, الرشيد=Al-Rashid, المطيري=Al-Mutairi, العجمي=Al-Ajmi,
      الخالد=Al-Khaled, الشمري=Al-Shammari`,
    towns: 'Kuwait City 130##, Salmiya 220##, Hawalli 320##',
    streets: 'Arabian Gulf Street, Fahad Al-Salem Street, Tunis Street, Baghdad Street',
    phone: '+965 2555 ####',
    document: '############',
  }),
  place('CN', 'Han', {
    people: 12,
    given:
      '伟=Wei, 芳=Fang, 秀英=Xiuying, 娜=Na, 敏=Min, 静=Jing, 磊=Lei, 洋=Yang, 晓明=Xiaoming, 雪=Xue',
    family:
      '王=Wang, 李=Li, 张=Zhang, 刘=Liu, 陈=Chen, 杨=Yang, 黄=Huang, 赵=Zhao, 周=Zhou, 欧阳=Ouyang',
    towns: 'Shanghai 2000##, Beijing 1000##, Shenzhen 5180##',
    streets: 'Nanjing Road, Jianguo Road, Binjiang Avenue, Shennan Avenue, Huaihai Road',
    phone: '+86 21 5550 ####',
    document: 'E########',
  }),
  place('JP', 'Japanese', {
    people: 10,
    given: `さくら=Sakura, 翔太=Shota, 陽菜=Hina, 大輔=Daisuke, 結衣=Yui, 健一=Kenichi, ユキ=Yuki, 明美=Akemi,
      蓮=Ren, 美咲=Misaki`,
    family: `佐藤=Sato, 鈴木=Suzuki, 高橋=Takahashi, 田中=Tanaka, 渡辺=Watanabe, 伊藤=Ito, 山本=Yamamoto,
      小林=Kobayashi`,
    towns: 'Tokyo 10#-00##, Osaka 53#-00##, Yokohama 22#-00##',
    streets: 'Chuo-dori, Midosuji, Meiji-dori, Minato Mirai, Kawabata-dori',
    phone: '+81 3 5550 ####',
    document: 'T?#######',
  }),
  place('IN', 'Devanagari', {
    people: 10,
    given: `आरव=Aarav, अनन्या=Ananya, विवान=Vivaan, दिया=Diya, रोहन=Rohan, प्रिया=Priya, अर्जुन=Arjun,
      मीरा=Meera, कृष्ण=Krishna, लक्ष्मी=Lakshmi`,
    family: 'शर्मा=Sharma, वर्मा=Verma, गुप्ता=Gupta, पटेल=Patel, सिंह=Singh, जोशी=Joshi, मिश्रा=Mishra',
    towns: 'Mumbai 4000##, New Delhi 1100##, Pune 4110##',
    streets: 'Marine Drive, Connaught Place, M G Road, Nehru Marg, Station Road',
    phone: '+91 22 5550 ####',
    document: '?#######',
  }),
  place('KR', 'Hangul', {
    people: 6,
    given: '민준=Minjun, 서연=Seoyeon, 지훈=Jihoon, 하은=Haeun, 도윤=Doyun, 수빈=Subin',
    family: '김=Kim, 이=Lee, 박=Park, 최=Choi, 정=Jeong, 강=Kang',
    towns: 'Seoul 04###, Busan 48###',
    streets: 'Sejong-daero, Teheran-ro, Gangbyeon-ro, Haeundae-ro',
    phone: '+82 2 5550 ####',
    document: 'M########',
  }),
];

/** The twelve countries. */
export const places: readonly Place[] = Object.freeze([home, ...western, ...eastern]);
