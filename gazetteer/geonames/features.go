package geonames

import "github.com/conflictmap/conflictmap/gazetteer"

// feature is what becomes of a GeoNames feature code.
type feature struct {
	kind gazetteer.Kind
	// former marks places that exist no more: their names are historical.
	former bool
}

// featureOf maps a GeoNames feature code, written "class.code", to a kind of
// place. Source of the codes: https://www.geonames.org/export/codes.html.
//
// It keeps none that news about conflicts hardly ever names, while their names
// are those of people, saints and everyday things: hotels, farms, houses, shops,
// schools, wells, springs, ponds, cemeteries, bends and sections of rivers,
// everything under the sea (class U). Communes (ADM4, ADM5) bear the names of
// their seats, which are here. The names of historical regions (RGNH) are in
// use. PCLIX is a part of a state overseas; banks (BNK) are those that states
// claim, such as Macclesfield's.
func featureOf(code string) (f feature, keep bool) {
	switch code {
	// A: states and their divisions.
	case "A.PCL", "A.PCLD", "A.PCLF", "A.PCLI", "A.PCLS":
		return feature{kind: gazetteer.Country}, true
	case "A.PCLIX", "A.ADM1", "A.ADM2", "A.ADM3", "A.ADMD", "A.TERR", "A.LTER", "A.ZN", "A.ZNB", "A.RGN":
		return feature{kind: gazetteer.Region}, true
	case "A.PCLH", "A.ADM1H", "A.ADM2H", "A.ADM3H", "A.ADMDH":
		return feature{kind: gazetteer.Region, former: true}, true
	// P: where people live, or lived. Nobody may live there now and the name be in
	// use: villages that a war emptied (PPLQ, PPLW) are fought over all the same.
	case "P.", "P.PPL", "P.PPLA", "P.PPLA2", "P.PPLA3", "P.PPLA4", "P.PPLA5", "P.PPLC", "P.PPLF", "P.PPLG", "P.PPLL",
		"P.PPLR", "P.PPLS", "P.PPLX", "P.STLMT", "P.PPLQ", "P.PPLW", "P.PPLCH":
		return feature{kind: gazetteer.Settlement}, true
	case "P.PPLH":
		return feature{kind: gazetteer.Settlement, former: true}, true
	// H: water.
	case "H.STM", "H.STMI", "H.STMS", "H.STMA", "H.STMC", "H.STMD", "H.WAD", "H.WADS", "H.ESTY":
		return feature{kind: gazetteer.River}, true
	case "H.CNL", "H.CNLN", "H.CNLI":
		return feature{kind: gazetteer.Canal}, true
	case "H.LK", "H.LKS", "H.LKN", "H.LKSN", "H.LKI", "H.LKNI", "H.LGN", "H.LGNS", "H.RSV":
		return feature{kind: gazetteer.Lake}, true
	case "H.SEA", "H.OCN":
		return feature{kind: gazetteer.Sea}, true
	case "H.STRT", "H.SD", "H.CHNM", "H.NRWS":
		return feature{kind: gazetteer.Strait}, true
	case "H.GULF", "H.BAY", "H.BAYS", "H.BGHT", "H.FJD", "H.FJDS", "H.INLT", "H.HBR":
		return feature{kind: gazetteer.Bay}, true
	case "H.RF", "H.RFC", "H.SHOL", "H.BNK":
		return feature{kind: gazetteer.Reef}, true
	case "H.WTLD", "H.MRSH", "H.SWMP":
		return feature{kind: gazetteer.Region}, true
	// L: areas.
	case "L.RGN", "L.RGNE", "L.AREA", "L.CONT", "L.CST", "L.TRB", "L.RESV", "L.RGNL", "L.OAS", "L.BSND",
		"L.RGNH":
		return feature{kind: gazetteer.Region}, true
	case "L.MILB", "L.NVB", "L.MVA", "L.RNGA":
		return feature{kind: gazetteer.Base}, true
	case "L.PRT", "L.INDS", "L.OILF", "L.GASF", "L.MNA", "L.BTL":
		return feature{kind: gazetteer.Facility}, true
	case "L.PRK", "L.RESN", "L.RESW":
		return feature{kind: gazetteer.Park}, true
	case "L.RESF":
		return feature{kind: gazetteer.Forest}, true
	// R: ways.
	case "R.RD", "R.RTE", "R.ST", "R.RR":
		return feature{kind: gazetteer.Road}, true
	case "R.TNL", "R.TNLRD", "R.TNLRR":
		return feature{kind: gazetteer.Facility}, true
	case "R.CSWY":
		return feature{kind: gazetteer.Crossing}, true
	// S: what people fight for, strike, hold or flee to.
	case "S.AIRB", "S.INSM", "S.BRKS":
		return feature{kind: gazetteer.Base}, true
	case "S.AIRP", "S.AIRF", "S.AIRH", "S.AIRQ", "S.ADMF", "S.CMPRF", "S.CSTL", "S.CTRA", "S.CTRS", "S.DAM", "S.DIP",
		"S.FT", "S.HSP", "S.MFG", "S.MFGM", "S.MSTY", "S.OILR", "S.OILT", "S.PAL", "S.PRN", "S.PS", "S.PSH", "S.PSN",
		"S.SQR", "S.RSTN", "S.STDM", "S.UNIV":
		return feature{kind: gazetteer.Facility}, true
	case "S.PSTB", "S.PSTC", "S.BDG":
		return feature{kind: gazetteer.Crossing}, true
	// T: land forms.
	case "T.MT", "T.MTS", "T.PK", "T.PKS", "T.HLL", "T.HLLS", "T.RDGE", "T.VLC", "T.UPLD":
		return feature{kind: gazetteer.Mountain}, true
	case "T.ISL", "T.ISLS", "T.ISLET", "T.ISLT", "T.ATOL":
		return feature{kind: gazetteer.Island}, true
	case "T.PEN", "T.ISTH":
		return feature{kind: gazetteer.Peninsula}, true
	case "T.CAPE", "T.HDLD", "T.PT":
		return feature{kind: gazetteer.Cape}, true
	case "T.VAL", "T.VALS", "T.GRGE", "T.CNYN":
		return feature{kind: gazetteer.Valley}, true
	case "T.PASS", "T.GAP":
		return feature{kind: gazetteer.Pass}, true
	case "T.DSRT", "T.ERG":
		return feature{kind: gazetteer.Desert}, true
	case "T.PLN", "T.PLAT", "T.DLTA", "T.RGN":
		return feature{kind: gazetteer.Region}, true
	// V: woods.
	case "V.FRST", "V.FRSTF":
		return feature{kind: gazetteer.Forest}, true
	}
	return feature{}, false
}

// isDependent reports whether an ISO 3166-1 code is that of a territory that is
// no state, as GeoNames' countryInfo and its feature codes PCLD, PCLS and PCLIX
// tell them. Their seats are PPLC to GeoNames, yet no seats of national
// governments.
func isDependent(country string) bool {
	switch country {
	case "AI", "AQ", "AS", "AW", "AX", "BL", "BM", "BQ", "BV", "CC", "CK", "CW", "CX", "EH", "FK", "FO", "GF", "GG",
		"GI", "GL", "GP", "GS", "GU", "HK", "HM", "IM", "IO", "JE", "KY", "MF", "MO", "MP", "MQ", "MS", "NC", "NF", "NU",
		"PF", "PM", "PN", "PR", "RE", "SH", "SJ", "SX", "TC", "TF", "TK", "UM", "VG", "VI", "WF", "YT":
		return true
	}
	return false
}
