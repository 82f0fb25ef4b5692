package geonames

import "github.com/conflictmap/conflictmap/gazetteer"

// feature is what becomes of a GeoNames feature code.
type feature struct {
	kind gazetteer.Kind
	// former marks places that exist no more: their names are historical.
	former bool
}

// features maps GeoNames feature codes, written "class.code", to kinds of
// places. Source of the codes: https://www.geonames.org/export/codes.html.
//
// Codes that are not here are left out. News about conflicts hardly ever names
// them, while their names are those of people, saints and everyday things:
// hotels, farms, houses, shops, schools, wells, springs, ponds, cemeteries,
// bends and sections of rivers, everything under the sea (class U). Communes
// (ADM4, ADM5) bear the names of their seats, which are here.
var features = map[string]feature{
	// A: states and their divisions.
	"A.PCL": {kind: gazetteer.Country}, "A.PCLD": {kind: gazetteer.Country}, "A.PCLF": {kind: gazetteer.Country},
	"A.PCLI": {kind: gazetteer.Country}, "A.PCLS": {kind: gazetteer.Country},
	"A.PCLIX": {kind: gazetteer.Region}, // part of a state overseas
	"A.PCLH":  {kind: gazetteer.Region, former: true},
	"A.ADM1":  {kind: gazetteer.Region}, "A.ADM2": {kind: gazetteer.Region}, "A.ADM3": {kind: gazetteer.Region},
	"A.ADMD": {kind: gazetteer.Region}, "A.ADM1H": {kind: gazetteer.Region, former: true},
	"A.ADM2H": {kind: gazetteer.Region, former: true}, "A.ADM3H": {kind: gazetteer.Region, former: true},
	"A.ADMDH": {kind: gazetteer.Region, former: true},
	"A.TERR":  {kind: gazetteer.Region}, "A.LTER": {kind: gazetteer.Region}, "A.ZN": {kind: gazetteer.Region},
	"A.ZNB": {kind: gazetteer.Region}, "A.RGN": {kind: gazetteer.Region},

	// P: where people live, or lived.
	"P.": {kind: gazetteer.Settlement}, "P.PPL": {kind: gazetteer.Settlement}, "P.PPLA": {kind: gazetteer.Settlement},
	"P.PPLA2": {kind: gazetteer.Settlement}, "P.PPLA3": {kind: gazetteer.Settlement}, "P.PPLA4": {kind: gazetteer.Settlement},
	"P.PPLA5": {kind: gazetteer.Settlement}, "P.PPLC": {kind: gazetteer.Settlement}, "P.PPLF": {kind: gazetteer.Settlement},
	"P.PPLG": {kind: gazetteer.Settlement}, "P.PPLL": {kind: gazetteer.Settlement}, "P.PPLR": {kind: gazetteer.Settlement},
	"P.PPLS": {kind: gazetteer.Settlement}, "P.PPLX": {kind: gazetteer.Settlement}, "P.STLMT": {kind: gazetteer.Settlement},
	// Nobody lives there now, but the name is in use: villages that a war
	// emptied (PPLW, PPLQ) are fought over all the same.
	"P.PPLQ": {kind: gazetteer.Settlement}, "P.PPLW": {kind: gazetteer.Settlement}, "P.PPLCH": {kind: gazetteer.Settlement},
	"P.PPLH": {kind: gazetteer.Settlement, former: true},

	// H: water.
	"H.STM": {kind: gazetteer.River}, "H.STMI": {kind: gazetteer.River}, "H.STMS": {kind: gazetteer.River},
	"H.STMA": {kind: gazetteer.River}, "H.STMC": {kind: gazetteer.River}, "H.STMD": {kind: gazetteer.River},
	"H.WAD": {kind: gazetteer.River}, "H.WADS": {kind: gazetteer.River}, "H.ESTY": {kind: gazetteer.River},
	"H.CNL": {kind: gazetteer.Canal}, "H.CNLN": {kind: gazetteer.Canal}, "H.CNLI": {kind: gazetteer.Canal},
	"H.LK": {kind: gazetteer.Lake}, "H.LKS": {kind: gazetteer.Lake}, "H.LKN": {kind: gazetteer.Lake},
	"H.LKSN": {kind: gazetteer.Lake}, "H.LKI": {kind: gazetteer.Lake}, "H.LKNI": {kind: gazetteer.Lake},
	"H.LGN": {kind: gazetteer.Lake}, "H.LGNS": {kind: gazetteer.Lake}, "H.RSV": {kind: gazetteer.Lake},
	"H.SEA": {kind: gazetteer.Sea}, "H.OCN": {kind: gazetteer.Sea},
	"H.STRT": {kind: gazetteer.Strait}, "H.SD": {kind: gazetteer.Strait}, "H.CHNM": {kind: gazetteer.Strait},
	"H.NRWS": {kind: gazetteer.Strait},
	"H.GULF": {kind: gazetteer.Bay}, "H.BAY": {kind: gazetteer.Bay}, "H.BAYS": {kind: gazetteer.Bay},
	"H.BGHT": {kind: gazetteer.Bay}, "H.FJD": {kind: gazetteer.Bay}, "H.FJDS": {kind: gazetteer.Bay},
	"H.INLT": {kind: gazetteer.Bay}, "H.HBR": {kind: gazetteer.Bay},
	"H.RF": {kind: gazetteer.Reef}, "H.RFC": {kind: gazetteer.Reef}, "H.SHOL": {kind: gazetteer.Reef},
	"H.BNK":  {kind: gazetteer.Reef}, // banks that states claim: Macclesfield, Reed
	"H.WTLD": {kind: gazetteer.Region}, "H.MRSH": {kind: gazetteer.Region}, "H.SWMP": {kind: gazetteer.Region},

	// L: areas.
	"L.RGN": {kind: gazetteer.Region}, "L.RGNE": {kind: gazetteer.Region}, "L.AREA": {kind: gazetteer.Region},
	"L.CONT": {kind: gazetteer.Region}, "L.CST": {kind: gazetteer.Region}, "L.TRB": {kind: gazetteer.Region},
	"L.RESV": {kind: gazetteer.Region}, "L.RGNL": {kind: gazetteer.Region}, "L.OAS": {kind: gazetteer.Region},
	"L.RGNH": {kind: gazetteer.Region, former: true}, "L.BSND": {kind: gazetteer.Region},
	"L.MILB": {kind: gazetteer.Base}, "L.NVB": {kind: gazetteer.Base}, "L.MVA": {kind: gazetteer.Base}, "L.RNGA": {kind: gazetteer.Base},
	"L.PRT": {kind: gazetteer.Facility}, "L.INDS": {kind: gazetteer.Facility}, "L.OILF": {kind: gazetteer.Facility},
	"L.GASF": {kind: gazetteer.Facility}, "L.MNA": {kind: gazetteer.Facility}, "L.BTL": {kind: gazetteer.Facility},
	"L.PRK": {kind: gazetteer.Park}, "L.RESN": {kind: gazetteer.Park}, "L.RESW": {kind: gazetteer.Park},
	"L.RESF": {kind: gazetteer.Forest},

	// R: ways.
	"R.RD": {kind: gazetteer.Road}, "R.RTE": {kind: gazetteer.Road}, "R.ST": {kind: gazetteer.Road}, "R.RR": {kind: gazetteer.Road},
	"R.TNL": {kind: gazetteer.Facility}, "R.TNLRD": {kind: gazetteer.Facility}, "R.TNLRR": {kind: gazetteer.Facility},
	"R.CSWY": {kind: gazetteer.Crossing},

	// S: what people fight for, strike, hold or flee to.
	"S.AIRB": {kind: gazetteer.Base}, "S.INSM": {kind: gazetteer.Base}, "S.BRKS": {kind: gazetteer.Base},
	"S.AIRP": {kind: gazetteer.Facility}, "S.AIRF": {kind: gazetteer.Facility}, "S.AIRH": {kind: gazetteer.Facility},
	"S.AIRQ": {kind: gazetteer.Facility}, "S.ADMF": {kind: gazetteer.Facility}, "S.CMPRF": {kind: gazetteer.Facility},
	"S.CSTL": {kind: gazetteer.Facility}, "S.CTRA": {kind: gazetteer.Facility}, "S.CTRS": {kind: gazetteer.Facility},
	"S.DAM": {kind: gazetteer.Facility}, "S.DIP": {kind: gazetteer.Facility}, "S.FT": {kind: gazetteer.Facility},
	"S.HSP": {kind: gazetteer.Facility}, "S.MFG": {kind: gazetteer.Facility}, "S.MFGM": {kind: gazetteer.Facility},
	"S.MSTY": {kind: gazetteer.Facility}, "S.OILR": {kind: gazetteer.Facility}, "S.OILT": {kind: gazetteer.Facility},
	"S.PAL": {kind: gazetteer.Facility}, "S.PRN": {kind: gazetteer.Facility}, "S.PS": {kind: gazetteer.Facility},
	"S.PSH": {kind: gazetteer.Facility}, "S.PSN": {kind: gazetteer.Facility}, "S.SQR": {kind: gazetteer.Facility},
	"S.RSTN": {kind: gazetteer.Facility}, "S.STDM": {kind: gazetteer.Facility}, "S.UNIV": {kind: gazetteer.Facility},
	"S.PSTB": {kind: gazetteer.Crossing}, "S.PSTC": {kind: gazetteer.Crossing}, "S.BDG": {kind: gazetteer.Crossing},

	// T: land forms.
	"T.MT": {kind: gazetteer.Mountain}, "T.MTS": {kind: gazetteer.Mountain}, "T.PK": {kind: gazetteer.Mountain},
	"T.PKS": {kind: gazetteer.Mountain}, "T.HLL": {kind: gazetteer.Mountain}, "T.HLLS": {kind: gazetteer.Mountain},
	"T.RDGE": {kind: gazetteer.Mountain}, "T.VLC": {kind: gazetteer.Mountain}, "T.UPLD": {kind: gazetteer.Mountain},
	"T.ISL": {kind: gazetteer.Island}, "T.ISLS": {kind: gazetteer.Island}, "T.ISLET": {kind: gazetteer.Island},
	"T.ISLT": {kind: gazetteer.Island}, "T.ATOL": {kind: gazetteer.Island},
	"T.PEN": {kind: gazetteer.Peninsula}, "T.ISTH": {kind: gazetteer.Peninsula},
	"T.CAPE": {kind: gazetteer.Cape}, "T.HDLD": {kind: gazetteer.Cape}, "T.PT": {kind: gazetteer.Cape},
	"T.VAL": {kind: gazetteer.Valley}, "T.VALS": {kind: gazetteer.Valley}, "T.GRGE": {kind: gazetteer.Valley},
	"T.CNYN": {kind: gazetteer.Valley},
	"T.PASS": {kind: gazetteer.Pass}, "T.GAP": {kind: gazetteer.Pass},
	"T.DSRT": {kind: gazetteer.Desert}, "T.ERG": {kind: gazetteer.Desert},
	"T.PLN": {kind: gazetteer.Region}, "T.PLAT": {kind: gazetteer.Region}, "T.DLTA": {kind: gazetteer.Region},
	"T.RGN": {kind: gazetteer.Region},

	// V: woods.
	"V.FRST": {kind: gazetteer.Forest}, "V.FRSTF": {kind: gazetteer.Forest},
}

// dependent are the ISO 3166-1 codes of territories that are no states, as
// GeoNames' countryInfo and its feature codes PCLD, PCLS and PCLIX tell them.
// Their seats are PPLC to GeoNames, yet no seats of national governments.
var dependent = map[string]bool{
	"AI": true, "AQ": true, "AS": true, "AW": true, "AX": true, "BL": true, "BM": true, "BQ": true, "BV": true, "CC": true,
	"CK": true, "CW": true, "CX": true, "EH": true, "FK": true, "FO": true, "GF": true, "GG": true, "GI": true, "GL": true,
	"GP": true, "GS": true, "GU": true, "HK": true, "HM": true, "IM": true, "IO": true, "JE": true, "KY": true, "MF": true,
	"MO": true, "MP": true, "MQ": true, "MS": true, "NC": true, "NF": true, "NU": true, "PF": true, "PM": true, "PN": true,
	"PR": true, "RE": true, "SH": true, "SJ": true, "SX": true, "TC": true, "TF": true, "TK": true, "UM": true, "VG": true,
	"VI": true, "WF": true, "YT": true,
}
